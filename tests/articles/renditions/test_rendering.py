from io import BytesIO

import pytest
from PIL import Image, features

from articles.renditions.plan import plan
from articles.renditions.rendering import render
from tests.articles.renditions.pictures import file_of, picture

MASTER = file_of(picture(700, 500), "PNG")


@pytest.fixture(scope="module")
def copies():
    return {copy: Image.open(BytesIO(data)) for copy, data in render(MASTER, plan(700, 500))}


def test_every_planned_copy_is_made(copies):
    assert [*copies] == [*plan(700, 500)]


def test_copies_have_the_planned_size_and_format(copies):
    names = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg"}
    assert [(image.width, image.height, names[image.format]) for image in copies.values()] == [
        (copy.width, copy.height, copy.format) for copy in copies
    ]


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
