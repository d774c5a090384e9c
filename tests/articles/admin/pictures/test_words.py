"""The texts of a picture on its card, saved one by one, and several uploads at once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Image
from tests.articles import cast
from tests.articles.admin.pictures.picture_form import file
from tests.articles.renditions.pictures import jpeg

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/articles/image/upload/"


def words(image):
    return reverse("admin:articles_image_words", args=[image.pk])


def upload(client, data=None, **fields):
    return client.post(UPLOAD, {"upload": file() if data is None else file(data)} | fields)


def test_one_text_is_saved_and_the_others_stay(client, awa):
    image = cast.image(caption="À Lomé")
    Image.objects.filter(pk=image.pk).update(caption="À Cotonou")  # by somebody else meanwhile
    assert client.post(words(image), {"alt": "La rade"}).json() == {"said": "Saved", "errors": {}}
    image.refresh_from_db()
    assert (image.alt, image.caption) == ("La rade", "À Cotonou")
    assert "Alternative text" in LogEntry.objects.get().change_message


def test_a_refused_text_says_why_and_the_others_are_saved(client, awa):
    image = cast.image()
    answer = client.post(words(image), {"alt": " ", "credit": "AFP"})
    assert (answer.status_code, [*answer.json()["errors"]]) == (400, ["alt"])
    image.refresh_from_db()
    assert (image.alt, image.credit) == ("Le port de Lomé", "AFP")


@pytest.mark.parametrize(
    "sent", [{"credit": "a" * 201}, {"alt": "a" * 251}, {"credit": "a\0b"}, {"focal_x": "900"}, {}]
)
def test_odd_texts_are_refused_or_ignored(client, awa, sent):
    image = cast.image()
    assert client.post(words(image), sent).status_code in (200, 400)
    image.refresh_from_db()
    assert (image.alt, image.credit, image.focal_x) == ("Le port de Lomé", "", 50)


def test_a_picture_without_alternative_text_gets_a_credit_first(client, awa):
    image = cast.image(alt="")
    assert client.post(words(image), {"credit": "AFP"}).json()["errors"] == {}
    assert Image.objects.get().credit == "AFP"


def test_decorative_is_unticked_only_with_an_alternative_text(client, awa):
    image = cast.image(alt="", decorative=True)
    assert "alt" in client.post(words(image), {"decorative": "false"}).json()["errors"]
    assert Image.objects.get().decorative
    client.post(words(image), {"decorative": "false", "alt": "Le port"})
    assert not Image.objects.get().decorative


def test_the_form_of_a_card_has_the_texts(client, awa):
    image = cast.image(credit="AFP")
    page = client.get(words(image)).text
    assert 'value="AFP"' in page
    assert f'action="{words(image)}"' in page


def test_a_reporter_edits_own_uploads_until_readers_see_them(client, moutiou):
    own, other = cast.image(20, by=moutiou), cast.image(30)
    assert client.post(words(own), {"alt": "Le mien"}).status_code == 200
    assert client.post(words(other), {"alt": "Pas le mien"}).status_code == 403
    cast.story("La bourse", lead_image=own)
    assert client.post(words(own), {"alt": "Trop tard"}).status_code == 403
    assert {*Image.objects.values_list("alt", flat=True)} == {"Le mien", other.alt}


def test_tag_staff_edit_no_texts(client):
    client.force_login(cast.tag_staff())
    image = cast.image()
    assert [client.get(words(image)).status_code, client.post(words(image), {"alt": "x"}).status_code] == [403, 403]
    assert upload(client).status_code == 403


def test_a_picture_that_is_gone_has_no_texts(client, awa):
    assert client.post("/admin/articles/image/999/words/", {"alt": "x"}).status_code == 404


# Several uploads


def test_a_file_is_uploaded_before_its_texts_are_written(client, moutiou):
    answer = upload(client, credit="AFP", caption="À Lomé").json()
    image = Image.objects.get()
    assert (image.alt, image.caption, image.credit, image.uploaded_by) == ("", "À Lomé", "AFP", moutiou)
    assert (answer["picture"]["id"], answer["known"], answer["said"]) == (image.pk, False, "")
    assert words(image) in answer["fields"]


@pytest.mark.parametrize("typed", [{}, {"credit": "AFP"}, {"credit": "EPA"}, {"caption": "La rade"}])
def test_a_known_picture_keeps_its_texts_and_shows_them(client, awa, typed):
    known = Image.objects.ingest(file(), alt="Le port", credit="AFP")
    answer = upload(client, **typed).json()
    assert (answer["picture"]["id"], answer["known"]) == (known.pk, True)
    is_unused = typed not in ({}, {"credit": "AFP"})
    assert ("did not get the caption and credit for all new pictures" in answer["said"]) == is_unused
    assert "AFP" in answer["fields"]
    assert Image.objects.get().credit == "AFP"
    assert not LogEntry.objects.exists()


def test_the_texts_of_a_known_picture_of_a_colleague_are_not_offered_for_change(client, moutiou):
    Image.objects.ingest(file(), alt="Le port")
    for typed in ({}, {"caption": "La rade"}):
        answer = upload(client, **typed).json()
        assert (answer["fields"], "You may not change its texts" in answer["said"]) == ("", True)
        assert ("did not get" in answer["said"]) == bool(typed)


@pytest.mark.parametrize("data", [b"", b"<html>", jpeg()[:300]])
def test_a_refused_file_among_several_says_why(client, awa, data):
    answer = upload(client, data)
    assert (answer.status_code, [*answer.json()["errors"]]) == (400, ["upload"])
    assert not Image.objects.exists()


def test_a_credit_that_is_too_long_is_refused(client, awa):
    assert "credit" in upload(client, credit="a" * 201).json()["errors"]
