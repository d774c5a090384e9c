"""The demo's illustrations: every recipe draws, always the same, and pictures differ."""

import io

import pytest
from PIL import Image, ImageStat

from articles.importers.demo_pictures import pictures
from articles.importers.drawing.canvas import LAYERS, Canvas, colour, mix

PICTURES = pictures()


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)
def test_a_recipe_draws_a_picture_of_its_size(picture):
    drawn = opened(picture.draw())
    assert (drawn.format, drawn.size) == ("JPEG", picture.size)
    assert max(ImageStat.Stat(drawn).stddev) > 20  # not one flat colour


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)
def test_a_picture_has_what_the_library_asks_for(picture):
    assert picture.credit
    assert picture.alt or picture.key.startswith("portrait-")
    assert all(0 <= percent <= 100 for percent in picture.focal)


def test_there_are_pictures_enough_for_a_front_page():
    assert len([picture for picture in PICTURES if picture.size == (1600, 1067)]) >= 14


def test_a_picture_is_the_same_at_every_call():
    savings = next(picture for picture in PICTURES if picture.key == "savings")
    assert savings.draw() == savings.draw()


def test_every_layer_is_in_use():
    assert LAYERS.keys() == {name for picture in PICTURES for name, *_ in picture.recipe}


def test_colours_may_be_transparent():
    assert (colour("#ff8000"), colour("#ff800080")) == ((255, 128, 0, 255), (255, 128, 0, 128))


def test_two_colours_mix_by_parts():
    assert (mix("#000000", "#ffffff", 0.5), mix("#00000080", "#00000080", 1)) == ("#808080", "#00000080")


def test_a_light_outside_the_sheet_is_not_seen():
    canvas = Canvas("test", 40, 40)
    canvas.light(-200, -200, 50, "#ffffff")
    assert canvas.image.getextrema() == ((0, 0), (0, 0), (0, 0))
