from io import BytesIO

import pytest
from PIL import Image, features

from articles.renditions import rendering
from articles.renditions.plan import plan
from articles.renditions.rendering import render
from tests.articles.renditions.pictures import file_of, picture

NOISE = Image.effect_noise((700, 500), 90)
MASTER = file_of(Image.blend(picture(700, 500), NOISE.convert("RGB"), 0.1), "PNG")


@pytest.fixture(scope="module")
def copies():
    return {copy: Image.open(BytesIO(data)) for copy, data in render(MASTER, plan(700, 500))}


def test_every_planned_copy_is_made_but_avif_where_it_is_no_smaller_than_webp():
    planned = [*plan(700, 500)]
    made = {copy: len(data) for copy, data in render(MASTER, planned)}
    assert [*made] == [copy for copy in planned if copy in made]
    assert all(copy in made for copy in planned if copy.format != "avif")
    webp = {(copy.shape, copy.width): size for copy, size in made.items() if copy.format == "webp"}
    assert all(size < webp[copy.shape, copy.width] for copy, size in made.items() if copy.format == "avif")


@pytest.mark.parametrize(
    ("avif", "formats"), [(9, ["avif", "webp", "jpg"]), (10, ["webp", "jpg"]), (11, ["webp", "jpg"])]
)
def test_an_avif_copy_is_kept_where_it_is_smaller_than_webp(monkeypatch, avif, formats):
    sizes = {"avif": avif, "webp": 10, "jpg": 20}
    monkeypatch.setattr(rendering, "_encode", lambda _picture, format: b"x" * sizes[format])
    natural = [copy for copy in plan(300, 300) if copy.shape == "natural"]
    assert [copy.format for copy, _data in render(MASTER, natural)] == formats


def test_copies_have_the_planned_size_and_format(copies):
    names = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg"}
    assert [(image.width, image.height, names[image.format]) for image in copies.values()] == [
        (copy.width, copy.height, copy.format) for copy in copies
    ]


def test_the_whole_picture_and_a_crop_of_the_same_size_are_both_made():
    planned = [copy for copy in plan(300, 200) if copy.format == "jpg"]
    assert [copy for copy, _data in render(file_of(picture(300, 200)), planned)] == planned


@pytest.mark.parametrize("format", ["avif", "webp", "jpg"])
def test_copies_show_the_picture(copies, format):
    image = next(image for copy, image in copies.items() if (copy.shape, copy.format) == ("natural", format))
    red, green, blue = image.convert("RGB").getpixel((20, 100))
    assert abs(red - 200) + abs(green - 30) + abs(blue - 30) < 30


def test_a_crop_follows_the_focal_point():
    wide = file_of(picture(900, 300), "PNG")  # red left, black right
    cards = [copy for copy in plan(900, 300, focal_x=100) if (copy.shape, copy.format) == ("card", "webp")]
    [(_, data)] = render(wide, cards[-1:])
    assert max(Image.open(BytesIO(data)).convert("RGB").getpixel((5, 5))) < 20


def test_without_avif_the_other_formats_are_made(monkeypatch):
    monkeypatch.setattr(features, "check", lambda name: name != "avif")
    assert {copy.format for copy, _ in render(MASTER, plan(700, 500))} == {"webp", "jpg"}
