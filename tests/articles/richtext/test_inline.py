"""The format at a point of pasted HTML."""

import pytest

from articles.richtext.inline import MAX_NESTED_FORMATS, InlineReader
from articles.richtext.runs import TextFormat


@pytest.mark.parametrize(
    ("name", "attributes", "style", "expected"),
    [
        ("b", {}, "", TextFormat(strong=True)),
        ("b", {}, "font-weight:normal", TextFormat()),
        ("span", {}, "font-weight:700;font-style:italic", TextFormat(strong=True, em=True)),
        ("span", {}, "vertical-align:super", TextFormat(script="sup")),
        ("a", {"href": "javascript:alert(1)"}, "", TextFormat()),
        ("a", {"href": "https://example.org/"}, "", TextFormat(link="https://example.org/")),
    ],
)
def test_what_one_element_adds(name, attributes, style, expected):
    reader = InlineReader()
    reader.open(name, attributes, style)
    assert reader.format == expected
    reader.close(name)
    assert reader.format == TextFormat()


def test_elements_that_cross_each_other_end_where_they_are_closed():
    reader = InlineReader()
    reader.open("b", {}, "")
    reader.open("i", {}, "")
    reader.close("b")
    assert reader.format == TextFormat(em=True)
    reader.close("b")  # closed once more
    assert reader.format == TextFormat(em=True)


def test_a_link_ends_with_its_paragraph_and_its_format_goes_on():
    reader = InlineReader()
    reader.open("a", {"href": "https://example.org/"}, "font-weight:bold")
    reader.end_links()
    assert reader.format == TextFormat(strong=True)


def test_a_million_elements_cost_no_more_than_some():
    reader = InlineReader()
    for _each in range(MAX_NESTED_FORMATS):
        reader.open("b", {}, "")
    reader.open("i", {}, "")
    assert reader.format == TextFormat(strong=True)
