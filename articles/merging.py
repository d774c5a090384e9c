"""Puts two edits of one story together: what only one side changed merges by itself, what both changed is a clash.

Works on the flat form of a story, field by field; the body paragraph by paragraph; lists of names item by item. Without
the database. Laws: merge(base, a, base) = a, merge(base, a, a) = a, and edits of different paragraphs merge the same
whichever side comes first. A clash is never decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from articles.markup import TOKEN

VOID = frozenset(("br", "hr", "img", "col", "wbr", "input"))
LISTS = ("authors", "tags", "pinned_compact", "pinned_long", "never_here")

Side = Literal["mine", "theirs", "both"]


@dataclass(frozen=True)
class Clash:
    """What both sides changed: of a field, or of paragraphs of the body (HTML)."""

    key: str  # a field's name; body-1, body-2 … for places in the body
    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    content: Mapping[str, Any]  # in the place of a clash, what was there before
    clashes: tuple[Clash, ...]
    body: tuple[str | Clash, ...]  # the body's paragraphs and the clashes between them, in order

    def resolved(self, choices: Mapping[str, Side]) -> dict[str, Any]:
        """The content with a side chosen for each clash (mine where nothing is chosen)."""
        chosen = {clash.key: _chosen(clash, choices.get(clash.key, "mine")) for clash in self.clashes}
        content = {**self.content, **{key: value for key, value in chosen.items() if key in self.content}}
        if "body" in content:
            content["body"] = "".join(part if isinstance(part, str) else chosen[part.key] for part in self.body)
        return content


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Of two contents that began as `base`."""
    content: dict[str, Any] = {}
    clashes: list[Clash] = []
    body: list[str | Clash] = []
    for name in mine:
        if name == "body":
            body = list(_merged_body(base.get(name, ""), mine[name], theirs[name]))
            clashes += [part for part in body if isinstance(part, Clash)]
            content[name] = "".join(part if isinstance(part, str) else part.base for part in body)
            continue
        if name in LISTS:
            found = _merged_list(name, base.get(name) or [], mine[name], theirs[name])
        else:
            found = _merged_value(name, base.get(name), mine[name], theirs[name])
        if isinstance(found, Clash):
            clashes.append(found)
            content[name] = base.get(name)
        else:
            content[name] = found
    return Merged(content, tuple(clashes), tuple(body))


def _merged_value(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else Clash(name, name, base, mine, theirs)


def _merged_list(name: str, base: list[Any], mine: list[Any], theirs: list[Any]) -> Any:
    """What either took out is out, what either put in is in; two different orders are a clash."""
    simple = _merged_value(name, base, mine, theirs)
    if not isinstance(simple, Clash):
        return simple
    gone = [item for item in base if item not in mine or item not in theirs]
    stayed = [[item for item in side if item in base and item not in gone] for side in (base, mine, theirs)]
    order = _merged_value(name, *stayed)
    if isinstance(order, Clash) or _is_changed_twice(base, mine, theirs):
        return simple
    merged = list(order)
    for side in (theirs, mine):
        for before, item in pairwise([None, *side]):
            if item not in base and item not in merged:
                merged.insert(merged.index(before) + 1 if before in merged else 0, item)
    return merged


def _is_changed_twice(base: list[Any], mine: list[Any], theirs: list[Any]) -> bool:
    """Whether one thing has other properties on both sides: an author with two new roles."""
    return any(
        one[0] == other[0] and one != other and one not in base and other not in base
        for one in mine
        for other in theirs
    )


def _merged_body(base: str, mine: str, theirs: str) -> Iterator[str | Clash]:
    old, one, other = (list(elements(html)) for html in (base, mine, theirs))
    number = 0
    for before, here, there in _chunks(old, one, other):
        if here == there or there == before:
            yield from here
        elif here == before:
            yield from there
        else:
            number += 1
            yield Clash(f"body-{number}", "body", "".join(before), "".join(here), "".join(there))


def _chunks(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """The three texts in pieces that belong together: those that both sides kept, and those between (diff3)."""
    here, there = _kept(base, mine), _kept(base, theirs)
    at = at_mine = at_theirs = 0
    for number in [number for number in range(len(base)) if number in here and number in there]:
        yield base[at:number], mine[at_mine : here[number]], theirs[at_theirs : there[number]]
        yield base[number : number + 1], mine[here[number] : here[number] + 1], base[number : number + 1]
        at, at_mine, at_theirs = number + 1, here[number] + 1, there[number] + 1
    yield base[at:], mine[at_mine:], theirs[at_theirs:]


def _kept(base: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    """{place in base: place in side} of what stayed."""
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {start + step: other + step for start, other, size in blocks for step in range(size)}


def elements(html: str) -> Iterator[str]:
    """The outermost elements of a clean body, in order, without the space between them.

    >>> list(elements("<p>Un</p><ul><li>a</li></ul>"))
    ['<p>Un</p>', '<ul><li>a</li></ul>']
    """
    depth = start = 0
    for token in TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if not name:
            continue
        depth += -1 if token["end"] else 0 if name in VOID else 1
        if depth <= 0 and (token["end"] or name in VOID):
            depth = 0
            yield html[start : token.end()].strip()
            start = token.end()
    if rest := html[start:].strip():
        yield rest


def _chosen(clash: Clash, side: Side) -> Any:
    if side == "both" and clash.field == "body":
        return clash.theirs + clash.mine
    return clash.theirs if side == "theirs" else clash.mine
