import pytest

from articles.admin.fields.texts import LinesField


@pytest.mark.parametrize("sent", ["Un.\r\nDeux.", "Un.\nDeux.", "Un.\rDeux."])
def test_lines_end_as_they_are_stored(sent):
    assert LinesField().clean(sent) == "Un.\nDeux."


def test_other_ends_of_lines_are_no_change():
    assert not LinesField().has_changed("Un.\nDeux.", "Un.\r\nDeux.")


def test_nothing_stays_nothing():
    assert LinesField(required=False).clean("") == ""
