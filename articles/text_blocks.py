"""A clean body as paragraphs, headings, items and rows, each a sequence of words with how they are set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from articles.markup import EndTag, StartTag, tokens

KINDS_OF_BLOCK = {"p": "paragraph", "h2": "heading", "h3": "heading", "li": "item", "tr": "row", "figure": "figure"}
BREAKS = frozenset((*KINDS_OF_BLOCK, "blockquote", "ul", "ol", "table", "thead", "tbody", "hr"))
CELL_ELEMENTS = ("td", "th")
MARK_ELEMENTS = frozenset(("strong", "em", "a", "sup", "sub"))
MOST_MARKS = len(MARK_ELEMENTS)  # at once: each word repeats its marks, and a clean body nests none in itself
SPACED_WORD = re.compile(r"\S+")


class StyledWord(NamedTuple):
    """A word with how it is set: strong, em, sup, sub, a and the address it leads to."""

    text: str
    marks: tuple[str, ...] = ()
    glued: bool = False  # no space before it: the full stop behind a link


class SharedWords(dict[str, StyledWord]):
    """Shared objects for plain words: a long text repeats its words thousands of times."""

    def __missing__(self, text: str) -> StyledWord:
        return self.setdefault(text, StyledWord(text))


@dataclass(frozen=True)
class ComparedBlock:
    kind: str  # paragraph, heading, item, quote, row, figure, rule
    words: tuple[StyledWord, ...]


def parse_blocks(html: str) -> Iterator[ComparedBlock]:
    """Yield the paragraphs, headings, items, quotes, rows and figures of a clean body."""
    opened: list[str] = []
    marks: list[str] = []
    words: list[StyledWord] = []
    vocabulary = SharedWords()
    ends_with_space = False

    def block() -> Iterator[ComparedBlock]:
        if words:
            yield ComparedBlock(_kind(opened), tuple(words))
            words.clear()

    for token in tokens(html):
        if isinstance(token, str):
            glued = bool(words) and not (token[0].isspace() or ends_with_space)
            found = SPACED_WORD.findall(token)
            if glued or marks:
                words += [StyledWord(text, tuple(marks), glued and not number) for number, text in enumerate(found)]
            else:
                words += [vocabulary[text] for text in found]
            ends_with_space = token[-1].isspace()
        elif token.name in BREAKS:
            if "figure" not in opened or token.name == "figure":
                yield from block()
            if token.name == "hr":
                yield ComparedBlock("rule", (StyledWord("———"),))
            elif isinstance(token, StartTag):
                opened.append(token.name)
            elif token.name in opened:
                opened.remove(token.name)
        elif token.name in CELL_ELEMENTS and isinstance(token, EndTag):
            words.append(StyledWord("|"))
        elif token.name == "img" and isinstance(token, StartTag):
            number = token.attributes.get("data-image", "")
            words.append(StyledWord(f"[{token.attributes.get('alt') or number}]", (f"picture {number}",)))
        elif token.name in MARK_ELEMENTS:
            _mark(token, marks)
    yield from block()


def _kind(opened: list[str]) -> str:
    if "figure" in opened:
        return "figure"
    if "blockquote" in opened:
        return "quote"
    return next((KINDS_OF_BLOCK[name] for name in reversed(opened) if name in KINDS_OF_BLOCK), "paragraph")


def _mark(token: StartTag | EndTag, marks: list[str]) -> None:
    """Open or close how the following words are set; what is bold already cannot become bolder."""
    if isinstance(token, StartTag):
        mark = f"a {token.attributes.get('href', '')}" if token.name == "a" else token.name
        if mark not in marks and len(marks) < MOST_MARKS:
            marks.append(mark)
        return
    for mark in reversed(marks):
        if mark.split(" ")[0] == token.name:
            marks.remove(mark)
            return
