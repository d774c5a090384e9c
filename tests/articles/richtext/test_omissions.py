"""What is left out of pasted HTML, and where that ends."""

import pytest

from articles.richtext.omissions import find_omission


@pytest.mark.parametrize(
    ("name", "classes", "style"),
    [
        ("script", "", ""),
        ("del", "", ""),
        ("span", "", "display:none"),
        ("span", "", "mso-list:ignore"),
        ("p", "MsoCommentText", ""),
    ],
)
def test_what_is_not_for_readers_is_left_out(name, classes, style):
    assert find_omission(name, classes, style)


@pytest.mark.parametrize(
    ("name", "classes", "style"), [("p", "MsoNormal", ""), ("img", "", "display:none"), ("b", "", "")]
)
def test_what_is_text_stays(name, classes, style):
    assert find_omission(name, classes, style) is None


def test_it_ends_with_its_own_element():
    omission = find_omission("div", "", "display:none")
    assert omission.goes_on("div", is_block=True)
    assert not omission.is_over("div")
    assert omission.is_over("div")


def test_an_inline_element_that_nobody_closed_ends_with_its_block():
    omission = find_omission("span", "", "display:none")
    assert omission.goes_on("b", is_block=False)
    assert not omission.goes_on("p", is_block=True)


def test_the_bullet_of_word_is_remembered():
    omission = find_omission("span", "", "mso-list:ignore")
    omission.read("1.")
    assert omission.marker == "1."
