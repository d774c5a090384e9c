"""Blocks and containers are always balanced and where they are allowed."""

import pytest

from articles.richtext.structure import HTMLWriter, cell_attributes


@pytest.fixture
def writer():
    return HTMLWriter()


def test_blocks_outside_of_containers_stand_on_lines(writer):
    writer.paragraph("un")
    writer.paragraph("deux")
    assert writer.html() == "<p>un</p>\n<p>deux</p>"


def test_a_list_without_content_is_not_written(writer):
    writer.open("ul")
    writer.open_item()
    assert writer.html() == ""


def test_one_paragraph_in_an_item_needs_no_tag_and_two_do(writer):
    for texts in (["un"], ["deux", "trois"]):
        writer.open_item()
        for text in texts:
            writer.paragraph(text)
    assert writer.html() == "<ul><li>un</li><li><p>deux</p><p>trois</p></li></ul>"


def test_what_is_written_into_a_table_stands_in_a_cell(writer):
    writer.open("table")
    writer.paragraph("seul")
    assert writer.html() == "<table><tbody><tr><td>seul</td></tr></tbody></table>"


def test_closing_closes_what_is_inside_and_nothing_that_is_not_open(writer):
    writer.open("blockquote")
    writer.open("ul")
    writer.paragraph("un")
    writer.close("table")
    assert writer.top == "li"
    writer.close("blockquote")
    writer.paragraph("deux")
    assert writer.html() == "<blockquote><ul><li>un</li></ul></blockquote>\n<p>deux</p>"


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("td", {"colspan": "2", "rowspan": "1"}, ' colspan="2"'),
        ("td", {"colspan": "100", "onclick": "x"}, ""),
        ("th", {"scope": "ROW"}, ' scope="row"'),
        ("td", {"scope": "row"}, ""),
    ],
)
def test_a_cell_keeps_spans_and_scope_alone(name, given, expected):
    assert cell_attributes(name, given) == expected
