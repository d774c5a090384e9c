"""HTML as plain text, block by block: for teasers, search, feeds and counting words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from articles.characters import tidy
from articles.markup import EndTag, StartTag, tokens

# Not the story's own running text, with everything inside.
OMITTED_ELEMENTS_OF_TEXT = frozenset(
    ("figure", "iframe", "object", "video", "audio", "canvas", "svg", "math", "script", "style", "noscript")
    + ("template", "head", "title", "button", "select", "textarea")
)
HEADING_ELEMENTS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ITEMS = frozenset(("li", "dt", "dd", "td", "th", "caption"))
CONTAINER_ELEMENTS = frozenset(
    ("p", "div", "blockquote", "pre", "hr", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr")
    + ("html", "body", "main", "article", "section", "header", "footer", "nav", "aside", "address", "form")
    + ("fieldset", "figcaption", "details", "summary")
)
BLOCK_ENDING_ELEMENTS = OMITTED_ELEMENTS_OF_TEXT | HEADING_ELEMENTS | ITEMS | CONTAINER_ELEMENTS
BOLD_ELEMENTS = frozenset(("b", "strong"))
GROUPS = {
    name: group
    for group, names in {
        "left out": OMITTED_ELEMENTS_OF_TEXT,
        "heading": HEADING_ELEMENTS,
        "item": ITEMS,
        "bold": BOLD_ELEMENTS,
    }.items()
    for name in names
}
LINE_BREAK = "\u2028"  # <br>, kept apart from the line feeds of the source

FOOTNOTE = regex.compile(r"[*†‡§]+|\[.*\]|\(\d+\)", regex.DOTALL)
BRACKETED_NUMBER = regex.compile(r"[ \u00a0]?\[\d{1,3}\]")
UNIT = regex.compile(r"(?<![\p{L}\p{N}])(?:\p{L}{1,2}|\p{N}+)$")  # m² and 10⁶ are no footnotes
SENTENCE_ENDINGS = (".", "!", "?", "…", "»", "”", '"', ":")
COUNTED_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]"
    r"|[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200C\u200D]*(?:['’.,-][\p{L}\p{N}][\p{L}\p{N}\p{M}\u200C\u200D]*)*"
)


@dataclass(frozen=True, slots=True)
class PlainBlock:
    """A paragraph, heading or item: its text without markup, lines separated by a line feed."""

    kind: str  # paragraph, heading, item
    text: str


def plain_blocks(html: str) -> Iterator[PlainBlock]:
    """Yield the blocks of `html` in order, read as far as asked; none empty, no figures, embeds or footnote marks.

    A paragraph set in bold from end to end that is no sentence is the heading that its writer meant it to be.
    """
    reader = _PlainTextReader()
    for token in tokens(html):
        if block := reader.read_token(token):
            yield block
    if block := reader.end_block():
        yield block


def plain_text(html: str) -> str:
    """Return all running text of `html` on one line, entities decoded once, blocks joined by a space."""
    return " ".join(block.text.replace("\n", " ") for block in plain_blocks(html))


def paragraphs(html: str) -> list[str]:
    """Yield the text of each real paragraph: no headings, list items, table cells, figures or captions."""
    return [block.text.replace("\n", " ") for block in plain_blocks(html) if block.kind == "paragraph"]


def word_count(html: str) -> int:
    """Return the number of words; an ideograph or kana counts as one."""
    return len(COUNTED_WORD.findall(plain_text(html)))


class _PlainTextReader:
    """Collects the text of one block after the other; never confused by tags that are not closed."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()  # how many elements of a group
        self._pieces: list[str] = []
        self._note: list[str] | None = None  # the text in the open <sup>
        self._note_has_link = False
        self._has_plain = False  # something in this block is not bold

    def read_token(self, token: str | StartTag | EndTag) -> PlainBlock | None:
        """Return the block that `token` ends, if there is text in it."""
        if isinstance(token, str):
            self._read_text(token)
            return None
        block = self.end_block() if token.name in BLOCK_ENDING_ELEMENTS else None
        if isinstance(token, StartTag):
            self._start(token)
        else:
            self._end(token.name)
        return block

    def end_block(self) -> PlainBlock | None:
        self._end_note()
        if not self._pieces:
            self._has_plain = False
            return None
        text = "".join(self._pieces)
        text = BRACKETED_NUMBER.sub("", text) if "[" in text else text
        text = "\n".join(filter(None, map(tidy, text.split(LINE_BREAK))))
        kind = self._kind(text)
        self._pieces, self._has_plain = [], False
        return PlainBlock(kind, text) if text else None

    def _read_text(self, text: str) -> None:
        if self._open["left out"]:
            return
        (self._pieces if self._note is None else self._note).append(text)
        self._has_plain = self._has_plain or not (self._open["bold"] or text.isspace())

    def _start(self, tag: StartTag) -> None:
        if group := GROUPS.get(tag.name):
            self._open[group] += 1
        elif tag.name == "br":
            self._pieces.append(LINE_BREAK)
        elif tag.name == "sup":
            self._end_note()
            self._note = []
        elif tag.name == "a" and self._note is not None:
            self._note_has_link = tag.attributes.get("href", "").startswith("#")

    def _end(self, name: str) -> None:
        group = GROUPS.get(name)
        if group and self._open[group]:
            self._open[group] -= 1
        elif name == "sup":
            self._end_note()

    def _kind(self, text: str) -> str:
        if self._open["heading"]:
            return "heading"
        if self._open["item"]:
            return "item"
        return "paragraph" if self._has_plain or text.endswith(SENTENCE_ENDINGS) else "heading"

    def _end_note(self) -> None:
        """Give the text of a <sup> back to its block, unless it is a footnote mark."""
        if self._note is None:
            return
        note = "".join(self._note).strip()
        before = self._pieces[-1] if self._pieces else ""
        is_footnote = self._note_has_link or FOOTNOTE.fullmatch(note) or (note.isdigit() and not UNIT.search(before))
        if note and not is_footnote:
            self._pieces.append(note)
        self._note, self._note_has_link = None, False
