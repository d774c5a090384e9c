import re

import pytest
from django.template import Context, Template

from articles import renditions
from articles.models import Image
from articles.pictures import figures, markup
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _copies_not_looked_at(monkeypatch):
    monkeypatch.setattr(renditions, "render", lambda _master, copies: ((copy, b"copy") for copy in copies))


@pytest.fixture
def image():
    return cast.image(1200, 800, alt='Le port & "la mer"')


def attributes(html, tag):
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', found)) for found in re.findall(rf"<{tag} [^>]*>", html)]


def test_modern_formats_come_first_then_one_jpeg(image):
    html = markup(image)
    assert [source["type"] for source in attributes(html, "source")] == ["image/avif", "image/webp"]
    assert attributes(html, "img")[0]["src"].endswith("/natural-960.jpg")


def test_browsers_choose_among_widths(image):
    [avif, _webp] = attributes(markup(image, sizes="50vw"), "source")
    assert avif["sizes"] == "50vw"
    assert re.findall(r"natural-(\d+)\.avif (\d+)w", avif["srcset"]) == [
        ("480", "480"),
        ("960", "960"),
        ("1200", "1200"),
    ]


def test_the_place_is_reserved(image):
    [img] = attributes(markup(image), "img")
    assert (img["width"], img["height"]) == ("1200", "800")


def test_a_card_is_cropped_three_to_two():
    [img] = attributes(markup(cast.image(1200, 1200), variant="card"), "img")
    assert (img["width"], img["height"]) == ("960", "640")


def test_the_alternative_text_is_escaped(image):
    assert 'alt="Le port &amp; &quot;la mer&quot;"' in markup(image)


def test_a_decorative_picture_has_an_empty_alternative():
    assert 'alt=""' in markup(cast.image(decorative=True))


def test_pictures_further_down_are_loaded_late(image):
    [img] = attributes(markup(image), "img")
    assert (img["loading"], img["decoding"]) == ("lazy", "async")


def test_the_first_picture_is_loaded_first(image):
    [img] = attributes(markup(image, priority=True), "img")
    assert img["fetchpriority"] == "high"
    assert "loading" not in img


def test_a_picture_without_copies_is_shown_whole(image):
    image.renditions = {}
    assert markup(image) == (
        f'<picture><img src="{image.file.url}" width="1200" height="800"'
        ' alt="Le port &amp; &quot;la mer&quot;" loading="lazy" decoding="async"></picture>'
    )


def test_showing_asks_neither_database_nor_storage(image, django_assert_num_queries, monkeypatch):
    known = Image.objects.get(pk=image.pk)
    for name in ("exists", "listdir", "open", "size"):
        monkeypatch.setattr(f"django.core.files.storage.FileSystemStorage.{name}", None)
    with django_assert_num_queries(0):
        assert "<source" in markup(known)


def test_bodies_get_their_pictures_by_id(image):
    assert figures([image]) == {image.pk: markup(image, sizes="(min-width: 46em) 42rem, 100vw")}


def test_the_tag_shows_a_picture_and_nothing_without_one(image):
    template = Template('{% load pictures %}{% picture image sizes="20rem" variant="card" priority=True %}')
    expected = markup(image, sizes="20rem", variant="card", priority=True)
    assert template.render(Context({"image": image})) == expected
    assert template.render(Context({"image": None})) == ""
