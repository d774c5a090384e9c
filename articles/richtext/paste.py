"""Converts pasted or imported HTML, from Word, Google Docs or the web, into the newsroom's own.

Nothing that people read is lost and no two words are glued together. The result is well-formed and small;
`articles.richtext` has the last word on what is safe.
"""

import re
from collections import defaultdict

from articles.markup import StartTag, tokens
from articles.richtext import inline
from articles.richtext.figures import Figure, format_library_image
from articles.richtext.omissions import EMBEDS, Omission, find_omission
from articles.richtext.runs import LINE_BREAK, TextFormat, TextRun, format_heading, join_lines, split_paragraphs
from articles.richtext.structure import CELL_ELEMENTS, LIST_ELEMENTS, TABLE_PARTS, HTMLWriter, cell_attributes
from articles.richtext.word import WordLists

HEADING_LEVELS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
HEADING_CLASS = re.compile(r"\bMso(?:Title|Heading([1-9]))\b", re.IGNORECASE)
BLOCK_ELEMENTS = frozenset(HEADING_LEVELS) | frozenset(
    ("p", "div", "article", "aside", "section", "main", "header", "footer", "nav", "address", "pre", "center")
    + ("details", "summary", "fieldset", "legend", "form", "dl", "dt", "dd", "html", "head", "body")
)
NESTED = frozenset((*LIST_ELEMENTS, "blockquote", "table"))
ROW_ELEMENTS = frozenset(("caption", "thead", "tbody", "tfoot", "tr", "td", "th"))
ELEMENTS_WITH_BLOCKS = NESTED | ROW_ELEMENTS | frozenset(("li", "hr", "figure", "figcaption"))


def convert_html(source: str) -> str:
    """Return `source` in the vocabulary of story bodies; text outside of every element becomes paragraphs."""
    reader = _PasteReader()
    for token in tokens(source):
        if isinstance(token, str):
            reader.text(token)
        elif isinstance(token, StartTag):
            reader.start(token)
        else:
            reader.end(token.name)
    return reader.html()


class _PasteReader:
    """A reader that goes through the tokens once; text gathers in `_runs` until its block ends."""

    def __init__(self) -> None:
        self._writer = HTMLWriter()
        self._word = WordLists(self._writer)
        self._inline = inline.InlineReader()
        self._runs: list[TextRun] = []
        self._heading = ""  # h2 or h3 while one is open
        self._figure: Figure | None = None
        self._omission: Omission | None = None
        self._taken: defaultdict[str, list[bool]] = defaultdict(list)  # of nested containers: was it opened?

    def html(self) -> str:
        self._end_text()
        self._end_figure()
        return self._writer.html()

    def text(self, text: str) -> None:
        if self._omission:
            self._omission.read(text)
        elif self._runs or not text.isspace():
            self._runs.append(TextRun(text, self._inline.format))

    def start(self, tag: StartTag) -> None:
        name = tag.name
        if self._omission and self._omission.goes_on(name, name in BLOCK_ELEMENTS):
            return
        attributes = tag.attributes if tag.source else {}
        style = "".join(attributes.get("style", "").lower().split())
        self._omission = find_omission(name, attributes.get("class", ""), style)
        if self._omission:
            self._separate(name)
        elif name in inline.INLINE_ELEMENTS:
            self._inline.open(name, attributes, style)
        elif name == "br":
            self._runs.append(TextRun(LINE_BREAK, self._inline.format))
        elif name == "img":
            self._image(attributes)
        elif name in BLOCK_ELEMENTS:
            self._start_block(name, attributes.get("class", ""), style)
        else:
            self._start_container(name, attributes)

    def end(self, name: str) -> None:
        if self._omission:
            if self._omission.is_over(name):
                self._word.marker = self._omission.marker or self._word.marker
                self._omission = None
        elif name in inline.INLINE_ELEMENTS:
            self._inline.close(name)
        elif name in BLOCK_ELEMENTS:
            self._end_text()
            self._heading = "" if name == "p" or name in HEADING_LEVELS else self._heading
        else:
            self._end_container(name)

    # Text

    def _start_block(self, name: str, classes: str, style: str) -> None:
        self._end_text()
        self._word.start(style)
        if name in HEADING_LEVELS:
            self._heading = HEADING_LEVELS[name]
        elif name == "p":
            word = HEADING_CLASS.search(classes)
            self._heading = ("h2" if word[1] in (None, "1", "2") else "h3") if word else ""

    def _separate(self, name: str) -> None:
        """Separate what came before an element that is left out from what comes after it."""
        if name in BLOCK_ELEMENTS:
            self._end_text()
        elif self._runs and (name in EMBEDS or name == "img"):
            self._runs.append(TextRun(" ", TextFormat()))

    def _end_text(self) -> None:
        """Put the text that has gathered where it belongs."""
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        is_caption = bool(self._figure and self._figure.in_caption)
        if texts := split_paragraphs(join_lines(runs) if is_caption else runs):
            self._inline.end_links()
            if self._figure:
                (self._figure.caption if is_caption else self._figure.paragraphs).extend(texts)
            else:
                self._write(texts, runs)

    def _write(self, texts: list[str], runs: list[TextRun]) -> None:
        self._word.place()
        if self._heading and not self._writer.top:
            self._writer.write(f"<{self._heading}>{split_paragraphs(format_heading(runs))[0]}</{self._heading}>")
            return
        for text in texts:
            self._writer.paragraph(text)

    # Figures

    def _image(self, attributes: dict[str, str]) -> None:
        html = format_library_image(attributes)
        if not html:
            self._separate("img")
            if self._figure:
                self._figure.has_foreign_image = True
            return
        self._end_text()
        if self._figure and not self._figure.image and not self._figure.is_quote:
            self._figure.image = html
        else:
            is_in_figure = self._figure is not None
            self._end_figure()
            self._figure = Figure(image=html)
            if not is_in_figure:
                self._end_figure()

    def _end_figure(self) -> None:
        if figure := self._figure:
            self._figure = None
            self._word.end()
            if html := figure.html():
                self._writer.write(html)
            for text in figure.other_text():
                self._writer.paragraph(text)

    # Containers

    def _start_container(self, name: str, attributes: dict[str, str]) -> None:
        if name not in ELEMENTS_WITH_BLOCKS:
            return
        self._end_text()
        if name == "figcaption":
            if self._figure:
                self._figure.in_caption = True
            return
        if name == "figure" or not (self._figure and self._figure.is_quote):
            self._end_figure()
            self._word.end()
        if name == "figure":
            self._figure = Figure(is_quote="pullquote" in attributes.get("class", ""))
        elif name in NESTED:
            self._open(name)
        elif self._figure:
            return
        elif name == "li":
            self._writer.open_item()
        elif name == "hr":
            if not self._writer.top:
                self._writer.write("<hr>")
        elif self._is_in_table():
            self._start_row(name, attributes)

    def _open(self, name: str) -> None:
        """Open a list, quotation or table, unless too many are open already."""
        is_one_too_many = self._writer.has_deep_lists() if name in LIST_ELEMENTS else bool(self._writer.innermost(name))
        is_taken = not (self._figure or is_one_too_many)
        self._taken[_kind(name)].append(is_taken)
        if is_taken:
            self._writer.open(name)

    def _is_in_table(self) -> bool:
        """Return whether rows belong to the table that is open, and not to one inside it that was left out."""
        return self._taken["table"][-1:] == [True]

    def _start_row(self, name: str, attributes: dict[str, str]) -> None:
        if name == "caption":  # stands above the table
            self._writer.close("table")
        elif not self._writer.innermost("table"):
            self._writer.open("table")
        if name == "tr":
            self._writer.open_row()
        elif name in CELL_ELEMENTS:
            self._writer.open_cell(name, cell_attributes(name, attributes))
        elif name != "caption":
            self._writer.open_section("thead" if name == "thead" else "tbody")

    def _end_container(self, name: str) -> None:
        if name not in ELEMENTS_WITH_BLOCKS:
            return
        self._end_text()
        if name == "figure":
            self._end_figure()
        elif name == "figcaption" and self._figure:
            self._figure.in_caption = False
        elif name in NESTED:
            taken = self._taken[_kind(name)]
            if taken and taken.pop():
                self._writer.close(*(LIST_ELEMENTS if name in LIST_ELEMENTS else [name]))
        elif name in ROW_ELEMENTS and self._is_in_table():
            self._writer.close(
                *(
                    CELL_ELEMENTS
                    if name in CELL_ELEMENTS
                    else TABLE_PARTS
                    if name in ("tfoot", *TABLE_PARTS)
                    else [name]
                )
            )


def _kind(name: str) -> str:
    return "list" if name in LIST_ELEMENTS else name
