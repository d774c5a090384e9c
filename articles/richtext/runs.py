"""A paragraph as runs of text, each with its format, and the shortest HTML that says the same."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from typing import NamedTuple

from articles.characters import one_spaced, without_junk
from articles.markup import escaped, quoted
from articles.richtext.links import is_external

LINE_BREAK = "\u2028"  # <br> inside the text of a run


class TextFormat(NamedTuple):
    """The format of a run of text; `script` is "sub", "sup" or ""."""

    link: str = ""
    strong: bool = False
    em: bool = False
    script: str = ""

    def tags(self) -> list[str]:
        """Return the opening tags of this format, from the outermost in."""
        rel = ' rel="noopener"' if is_external(self.link) else ""
        return [
            *([f'<a href="{quoted(self.link)}"{rel}>'] if self.link else []),
            *(["<strong>"] if self.strong else []),
            *(["<em>"] if self.em else []),
            *([f"<{self.script}>"] if self.script else []),
        ]


PLAIN = TextFormat()


class TextRun(NamedTuple):
    """Characters that share one format."""

    text: str
    format: TextFormat


def split_paragraphs(runs: list[TextRun]) -> list[str]:
    """Yield the inner HTML of each paragraph: an empty line (two <br>) separates them, outer white space is dropped.

    A link ends with its first paragraph, so that a long address is never repeated a million times.
    """
    if len(runs) == 1 and LINE_BREAK not in runs[0].text:  # most are
        text = _clean(runs[0].text).strip()
        look = runs[0].format
        return [escaped(text) if look == PLAIN else _html([[TextRun(text, look)]])] if text else []
    found: list[list[list[TextRun]]] = [[]]
    for line in map(_tidy, _lines(runs)):
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    first, *others = found
    return [_html(lines) for lines in [first, *map(_without_links, others)] if lines]


def join_lines(runs: list[TextRun]) -> list[TextRun]:
    """Return the runs of a heading or caption, with line breaks as spaces."""
    return [TextRun(run.text.replace(LINE_BREAK, " "), run.format) for run in runs]


def format_heading(runs: list[TextRun]) -> list[TextRun]:
    """Return the runs of a heading, which is bold by itself."""
    return [TextRun(run.text, run.format._replace(strong=False)) for run in join_lines(runs)]


def _lines(runs: list[TextRun]) -> Iterator[list[TextRun]]:
    line: list[TextRun] = []
    for run in runs:
        head, *tail = run.text.split(LINE_BREAK)
        line.append(TextRun(head, run.format))
        for text in tail:
            yield line
            line = [TextRun(text, run.format)]
    yield line


def _tidy(line: list[TextRun]) -> list[TextRun]:
    """Return `line` without junk, with single spaces, neighbours of one format joined; [] when it is blank."""
    line = [TextRun(without_junk(run.text), run.format) for run in _join_runs(line)]
    tidy: list[TextRun] = []
    for run in _join_runs(_unformat_spaces(line)):
        text = _clean(run.text)
        text = text.lstrip(" ") if tidy and tidy[-1].text.endswith(" ") else text
        text = text if tidy else text.lstrip()
        if text:
            tidy.append(TextRun(text, run.format))
    if tidy:
        tidy[-1] = TextRun(tidy[-1].text.rstrip(), tidy[-1].format)
    return list(_join_runs(tidy))


def _clean(text: str) -> str:
    """Return `text` without junk, with composed accents (macOS copies them apart) and single spaces."""
    return one_spaced(unicodedata.normalize("NFC", without_junk(text)))


def _unformat_spaces(line: list[TextRun]) -> Iterator[TextRun]:
    """Give white space the format of what precedes it."""
    before = TextFormat()
    for run in line:
        if run.text:
            before = before if run.text.isspace() else run.format
            yield TextRun(run.text, before)


def _join_runs(line: Iterable[TextRun]) -> Iterator[TextRun]:
    for look, group in groupby(line, key=lambda run: run.format):
        yield TextRun("".join(run.text for run in group), look)


def _without_links(lines: list[list[TextRun]]) -> list[list[TextRun]]:
    return [list(_join_runs(TextRun(run.text, run.format._replace(link="")) for run in line)) for line in lines]


def _html(lines: list[list[TextRun]]) -> str:
    """Return the lines with <br> between them; a tag stays open as long as its format lasts."""
    out: list[str] = []
    opened: list[str] = []
    for number, line in enumerate(lines):
        for place, run in enumerate(line):
            wanted = run.format.tags()
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(opened, wanted, strict=False)))
            out += map(_closing, reversed(opened[same:]))
            out += ["<br>"] if number and not place else []
            out += [*wanted[same:], escaped(run.text)]
            opened = wanted
    out += map(_closing, reversed(opened))
    return "".join(out)


def _closing(tag: str) -> str:
    return f"</{tag[1:-1].split(' ', 1)[0]}>"
