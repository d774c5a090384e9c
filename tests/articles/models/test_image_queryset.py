"""Uploads become pictures of the library, each once; who may change which."""

import datetime
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from articles import renditions
from articles.models import Image
from articles.renditions import ImageRefused
from tests.articles import cast
from tests.articles.renditions.pictures import exif, jpeg, with_iptc

pytestmark = pytest.mark.django_db


PORT = with_iptc(jpeg(900, 600, exif=exif(location=True)), (80, "Awa Koné".encode()), (120, "À Lomé".encode()))


def ingest(data=PORT, **fields):
    return Image.objects.ingest(BytesIO(data), **fields)


def test_an_upload_becomes_a_picture_with_its_measures():
    image = ingest(alt="Le port")
    assert (image.width, image.height, image.byte_size) == (900, 600, image.file.size)


def test_words_are_taken_from_the_file_unless_given():
    image = ingest(credit="AFP")
    assert (image.caption, image.credit) == ("À Lomé", "AFP")


def test_words_from_the_file_fit_their_columns():
    image = ingest(with_iptc(jpeg(), (80, b"a" * 300)))
    Image.objects.get(credit="a" * 200, pk=image.pk)


def test_the_uploader_is_remembered():
    editor = cast.editor()
    assert ingest(by=editor).uploaded_by == editor


def test_the_same_upload_is_the_same_picture():
    first = ingest(alt="Le port")
    assert ingest(alt="Une autre fois") == first
    assert Image.objects.get().alt == "Le port"


def test_two_uploads_at_one_moment_are_one_picture(monkeypatch):
    def overtaken(file):
        monkeypatch.undo()
        ingest(alt="Plus vite")
        return renditions.reencode(file)

    monkeypatch.setattr(renditions, "reencode", overtaken)
    assert ingest(alt="Plus lent").alt == "Plus vite"


def test_a_refused_upload_leaves_nothing_behind():
    with pytest.raises(ImageRefused):
        ingest(b"<svg/>")
    assert not Image.objects.exists()
    assert not default_storage.exists("images")


def test_the_name_tells_nothing_and_follows_the_content():
    image = ingest()
    assert image.file.name == f"images/{image.content_hash[:2]}/{image.content_hash[2:22]}.jpg"


def test_a_file_left_by_a_broken_upload_is_replaced():
    image = ingest()
    name, size = image.file.name, image.file.size
    image.terms.all().delete()
    Image.objects.all()._raw_delete("default")
    with default_storage.open(name, "wb") as file:
        file.write(b"half")
    again = ingest()
    assert (again.file.name, again.file.size) == (name, size)


def test_the_library_is_read_from_picture_to_picture_the_newest_first():
    pictures = [cast.image(60 + number, 40) for number in range(4)]
    moment = timezone.now()
    for number, hours in enumerate((3, 2, 2, 1)):
        Image.objects.filter(pk=pictures[number].pk).update(created_at=moment - datetime.timedelta(hours=hours))
    order = list(Image.objects.order_by("created_at", "pk"))
    assert [Image.objects.newer_than(picture) for picture in order] == [*order[1:], None]
    assert [Image.objects.older_than(picture) for picture in order] == [None, *order[:-1]]


def test_what_a_picture_lacks_is_found():
    bare, plain = cast.image(60, 40, alt=""), cast.image(61, 40, credit="AFP")
    Image.objects.create(file="x", content_hash="x", width=1, height=1, byte_size=1, decorative=True, credit="AFP")
    assert list(Image.objects.undescribed()) == [bare]
    assert list(Image.objects.without_credit()) == [bare]
    assert plain not in Image.objects.undescribed()


def test_a_picture_that_readers_see_is_changed_by_editors_and_proposed_by_others():
    awa, moutiou, sika = cast.editor(), cast.reporter(), cast.reporter("sika")
    seen, own = cast.image(60, 40, by=moutiou), cast.image(61, 40, by=moutiou)
    cast.story(lead_image=seen)
    changes = {person: set(Image.objects.editable_by(person)) for person in (awa, moutiou, sika)}
    proposes = {person: set(Image.objects.proposable_by(person)) for person in (awa, moutiou, sika)}
    assert changes == {awa: {seen, own}, moutiou: {own}, sika: set()}
    assert proposes == {awa: set(), moutiou: {seen}, sika: {seen}}
