import re

import pytest
from django.template import engines

from articles import metadata, renditions
from articles.models import Image
from articles.pictures import BODY_SIZES, figures, markup, thumbnail
from articles.richtext import clean, replace_pictures
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
    assert attributes(html, "img")[0]["src"].endswith("/natural-800.jpg")


def test_a_list_of_the_desk_shows_the_smallest_copy_in_a_fixed_place(image):
    [img] = attributes(thumbnail(image, 64, 43), "img")
    assert img["src"] == image.copy_url("thumb", 128, "webp")
    assert (img["width"], img["height"], img["alt"], img["loading"]) == ("64", "43", "", "lazy")


def test_a_list_shows_what_there_is_of_a_picture_without_that_copy(image):
    del image.renditions["thumb"]
    assert f'src="{image.copy_url("card", 336, "webp")}"' in thumbnail(image, 64, 43)
    image.renditions = {}
    assert f'src="{image.file.url}"' in thumbnail(image, 64, 43)


def test_readers_are_offered_no_thumbnail(image):
    assert "thumb" not in markup(image) + markup(image, variant="card")


def test_browsers_choose_among_widths(image):
    [avif, _webp] = attributes(markup(image, sizes="50vw"), "source")
    assert avif["sizes"] == "50vw"
    assert re.findall(r"natural-(\d+)\.avif (\d+)w", avif["srcset"]) == [
        ("480", "480"),
        ("800", "800"),
        ("1200", "1200"),
    ]


def test_of_each_width_browsers_that_know_avif_get_the_smaller_file(image):
    image.renditions["avif"] = {"natural": [800]}
    [avif, webp] = attributes(markup(image), "source")
    assert re.findall(r"natural-(\d+)\.(\w+)", avif["srcset"]) == [("480", "webp"), ("800", "avif"), ("1200", "webp")]
    assert "avif" not in webp["srcset"]


def test_without_a_smaller_avif_copy_none_is_offered(image):
    image.renditions["avif"] = {}
    assert [source["type"] for source in attributes(markup(image), "source")] == ["image/webp"]


def test_the_place_is_reserved(image):
    [img] = attributes(markup(image), "img")
    assert (img["width"], img["height"]) == ("1200", "800")


def test_a_card_is_cropped_three_to_two():
    [img] = attributes(markup(cast.image(1200, 1200), variant="card"), "img")
    assert (img["width"], img["height"]) == ("1200", "800")


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


def body(html, *images):
    return replace_pictures(clean(html), figures(images)).replace("\n", "")


def test_a_picture_in_a_body_has_every_size_and_its_own_words(image):
    image.caption, image.credit = "À Lomé <3", "AFP"
    assert body(
        f'<p>a</p><figure class="picture"><img data-image="{image.pk}" alt="x > y"></figure><p>b</p>', image
    ) == (
        f'<p>a</p><figure class="picture">{markup(image, sizes=BODY_SIZES)}'
        '<figcaption>À Lomé &lt;3 <span class="credit">AFP</span></figcaption></figure><p>b</p>'
    )


def test_the_caption_of_the_story_goes_before_the_one_of_the_picture(image):
    image.caption = "À Lomé"
    html = f'<img src="/x" data-image="{image.pk}"><figcaption>Le <em>port</em></figcaption>'
    html = f'<figure class="picture">{html}</figure>'
    assert "<figcaption>Le <em>port</em> </figcaption></figure>" in body(html, image)


def test_a_picture_without_words_has_no_caption(image):
    assert "figcaption" not in body(f'<img data-image="{image.pk}">', image)


def test_a_picture_that_is_gone_leaves_nothing(image):
    html = '<p>a</p><figure class="picture"><img data-image="999"><figcaption>b</figcaption></figure><p>c</p>'
    assert body(html, image) == "<p>a</p><p>c</p>"


def test_other_figures_stay(image):
    quote = '<figure class="pullquote"><blockquote><p>a</p></blockquote><figcaption>b</figcaption></figure>'
    assert body(quote, image) == quote


def test_a_template_shows_a_picture(image):
    source = '{{ picture(image, sizes="20rem", variant="card", priority=true) }}'
    shown = engines["jinja2"].from_string(source).render({"image": image})
    assert shown == markup(image, sizes="20rem", variant="card", priority=True)


def test_other_sites_are_shown_the_copy_made_for_sharing():
    story = cast.draft(lead_image=cast.image(1300, 900))
    shared = metadata.news_article(story)["image"][0]
    assert shared["url"].endswith("/share-1200-50-50.jpg")
    assert (shared["width"], shared["height"]) == (1200, 630)
