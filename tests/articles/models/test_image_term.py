"""The words by which the library finds a picture follow its texts."""

import pytest
from django.core import serializers

from articles.models import Image, ImageTerm, TrashEntry
from tests.articles import cast

pytestmark = pytest.mark.django_db


def found(text):
    return [*Image.objects.search(text)]


def test_each_word_or_its_beginning_has_to_be_in_the_texts():
    port = cast.image(20, caption="Le port de Lomé", alt="Une grue", credit="Awa Koné")
    cast.image(30, caption="Le marché", alt="Une place")
    for text in ("lome", "PORT lom", "une grue", "kone port", "Lomé,"):
        assert found(text) == [port], text
    assert found("port marche") == []


@pytest.mark.parametrize("text", ["", "…", '"', "%", "_", "ort"])
def test_what_begins_no_word_finds_nothing(text):
    cast.image(caption="Le port")
    assert found(text) == []


@pytest.mark.parametrize("word", ["北京", "Éÿ", "𐍈𐍈", "ߊߋ"])
def test_letters_of_every_script_are_found(word):
    image = cast.image(caption=f"zz {word}a")
    cast.image(30, caption="zz")
    assert found(word) == [image]


def test_a_change_is_found_and_what_it_replaced_is_not():
    image = cast.image(caption="Le port", alt="Une grue")
    ids = set(ImageTerm.objects.filter(term=b"grue").values_list("pk", flat=True))
    image.revise(None, {"caption": "Le marché"})
    assert (found("port"), found("marche"), found("grue")) == ([], [image], [image])
    assert set(ImageTerm.objects.filter(term=b"grue").values_list("pk", flat=True)) == ids


def test_a_picture_that_comes_back_from_the_trash_is_found():
    image = cast.image(caption="Le port")
    entry = TrashEntry.objects.put_in(image, None)
    assert not ImageTerm.objects.exists()
    entry.put_back(None)
    assert found("port") == [image]


def test_a_dump_brings_each_term_back_once():
    image = cast.image(caption="Le port")
    dump = serializers.serialize("json", [*Image.objects.all(), *ImageTerm.objects.all()])
    before = set(ImageTerm.objects.values_list("pk", flat=True))
    Image.objects.all().delete()
    for row in serializers.deserialize("json", dump):
        row.save()
    assert set(ImageTerm.objects.values_list("pk", flat=True)) == before
    assert found("port") == [image]
