"""The field for a picture of the library shows the one whose number it has."""

import pytest

from articles.admin.fields.picture_input import PictureChooserInput
from tests.articles import cast

pytestmark = pytest.mark.django_db


def shown(value):
    return PictureChooserInput().get_context("photo", value, {})["widget"]["attrs"]["data-picture"]


def test_the_picture_is_shown():
    assert "Le port de Lom" in shown(cast.image().pk)


@pytest.mark.parametrize("value", [None, "", "x", "-1", "999", "٣" * 30, "9" * 5000])
def test_what_is_no_picture_shows_none(value):
    assert shown(value) == "null"
