"""Runs of text become the shortest HTML that says the same."""

import pytest

from articles.richtext.runs import LINE_BREAK, TextFormat, TextRun, format_heading, split_paragraphs

PLAIN, STRONG, EM = TextFormat(), TextFormat(strong=True), TextFormat(em=True)
LINK = TextFormat(link="https://example.org/")


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([], []),
        ([TextRun(" \u00a0 ", PLAIN)], []),
        ([TextRun("  Le  port ", PLAIN)], ["Le port"]),
        ([TextRun("a < b", PLAIN)], ["a &lt; b"]),
        ([TextRun("Le ", STRONG), TextRun("port", STRONG)], ["<strong>Le port</strong>"]),
        ([TextRun("Le", STRONG), TextRun(" ", EM), TextRun("port", PLAIN)], ["<strong>Le </strong>port"]),
        ([TextRun(f"un{LINE_BREAK}deux", PLAIN)], ["un<br>deux"]),
        ([TextRun(f"un{LINE_BREAK}{LINE_BREAK}deux", PLAIN)], ["un", "deux"]),
        ([TextRun("e\u0301te\u0301", PLAIN)], ["été"]),
    ],
)
def test_paragraphs(runs, expected):
    assert list(split_paragraphs(runs)) == expected


def test_a_link_does_not_go_on_in_the_next_paragraph():
    first, second = split_paragraphs([TextRun(f"un{LINE_BREAK}{LINE_BREAK}deux", LINK)])
    assert first == '<a href="https://example.org/" rel="noopener">un</a>'
    assert second == "deux"


def test_a_heading_is_bold_by_itself_and_stands_in_one_line():
    assert format_heading([TextRun(f"un{LINE_BREAK}deux", STRONG)]) == [TextRun("un deux", PLAIN)]
