"""Merges two edits of one story: what only one side changed is merged, what both changed is a clash.

Works on the flat form of a story, field by field; the body paragraph by paragraph, and one paragraph word by
word; lists of names item by item. Without
the database. Laws: merge(base, a, base) = a, merge(base, a, a) = a, and edits of different paragraphs merge the same
whichever side comes first. A clash is never decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from articles.alignment import steps
from articles.markup import TOKEN

VOID_ELEMENTS = frozenset(("br", "hr", "img", "col", "wbr", "input"))
MERGED_LISTS = ("authors", "tags", "pinned_compact", "pinned_long", "never_here")

MAX_PAIRS_COMPARED = 10_000  # pairs of rewritten paragraphs; beyond them nobody looks for the likest
SOME = 0.01  # likeness of any two
WORD_CHARACTERS = re.compile(r"\w+")
WORD_OR_TAG = re.compile(r"<[^>]*>|[^<\s]+\s*|\s+")  # a word with the space after it: neighbours touch

Side = Literal["mine", "theirs", "both"]
Triple = tuple[list[str], list[str], list[str]]  # elements of the base, of mine and of theirs


@dataclass(frozen=True)
class MergeClash:
    """A field, or paragraphs of the body (HTML), that both sides changed."""

    key: str  # a field's name; body-1, body-2 … for places in the body
    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class MergeResult:
    content: Mapping[str, Any]  # in the place of a clash, what was there before
    clashes: tuple[MergeClash, ...]
    body: tuple[str | MergeClash, ...]  # the body's paragraphs and the clashes between them, in order

    def resolved(self, choices: Mapping[str, Side]) -> dict[str, Any]:
        """Return the content with a side chosen for each clash (mine where nothing is chosen)."""
        chosen = {clash.key: _choose_side(clash, choices.get(clash.key, "mine")) for clash in self.clashes}
        content = {**self.content, **{key: value for key, value in chosen.items() if key in self.content}}
        if "body" in content:
            content["body"] = "".join(part if isinstance(part, str) else chosen[part.key] for part in self.body)
        return content


def merge_edits(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> MergeResult:
    """Merge two contents that began as `base`."""
    content: dict[str, Any] = {}
    clashes: list[MergeClash] = []
    body: list[str | MergeClash] = []
    for name in mine:
        if name == "body":
            body = list(_merged_body(base.get(name, ""), mine[name], theirs[name]))
            clashes += [part for part in body if isinstance(part, MergeClash)]
            content[name] = "".join(part if isinstance(part, str) else part.base for part in body)
            continue
        if name in MERGED_LISTS:
            found = _merged_list(name, base.get(name) or [], mine[name], theirs[name])
        else:
            found = _merged_value(name, base.get(name), mine[name], theirs[name])
        if isinstance(found, MergeClash):
            clashes.append(found)
            content[name] = base.get(name)
        else:
            content[name] = found
    return MergeResult(content, tuple(clashes), tuple(body))


def _merged_value(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else MergeClash(name, name, base, mine, theirs)


def _merged_list(name: str, base: list[Any], mine: list[Any], theirs: list[Any]) -> Any:
    """Merge two lists: what either removed is out, what either added is in; two different orders are a clash."""
    simple = _merged_value(name, base, mine, theirs)
    if not isinstance(simple, MergeClash):
        return simple
    gone = [item for item in base if item not in mine or item not in theirs]
    stayed = [[item for item in side if item in base and item not in gone] for side in (base, mine, theirs)]
    order = _merged_value(name, *stayed)
    if isinstance(order, MergeClash) or _is_changed_twice(base, mine, theirs):
        return simple
    merged = list(order)
    for side in (theirs, mine):
        for before, item in pairwise([None, *side]):
            if item not in base and item not in merged:
                merged.insert(merged.index(before) + 1 if before in merged else 0, item)
    return merged


def _is_changed_twice(base: list[Any], mine: list[Any], theirs: list[Any]) -> bool:
    """Return whether one thing has other properties on both sides: an author with two new roles."""
    return any(
        one[0] == other[0] and one != other and one not in base and other not in base
        for one in mine
        for other in theirs
    )


def _merged_body(base: str, mine: str, theirs: str) -> Iterator[str | MergeClash]:
    old, one, other = (list(elements(html)) for html in (base, mine, theirs))
    number, clashing = 0, list[Triple]()
    for before, here, there in _steps(old, one, other):
        merged = _merged_step(before, here, there)
        if merged is None:
            clashing.append((before, here, there))
        elif merged:
            if clashing:
                number += 1
                yield _clash(number, clashing)
                clashing = []
            yield from merged
    if clashing:
        yield _clash(number + 1, clashing)


def _steps(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Triple]:
    """Yield the places of the base in order: what came in before each element, and what became of it, on each side."""
    (here_came, here_became), (there_came, there_became) = _edits(base, mine), _edits(base, theirs)
    for place, element in enumerate(base):
        yield [], here_came[place], there_came[place]
        yield [element], here_became[place], there_became[place]
    yield [], here_came[-1], there_came[-1]


def _merged_step(before: list[str], here: list[str], there: list[str]) -> list[str] | None:
    """Return the merged elements, None for a clash."""
    if there in (here, before):
        return here
    if here == before:
        return there
    if len(before) == len(here) == len(there) == 1:
        merged = merge_words(before[0], here[0], there[0])
        return None if merged is None else [merged]
    return None


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """Merge two edits of one element by words; None where they touch, or where their marks would overlap.

    >>> merge_words("<p>Un port ferme tôt.</p>", "<p>Un grand port ferme tôt.</p>", "<p>Un port ferme ici.</p>")
    '<p>Un grand port ferme ici.</p>'
    >>> merge_words("<p>Le port ferme.</p>", "<p>Le port rouvre.</p>", "<p>Le port dort.</p>")
    """
    old, one, other = (WORD_OR_TAG.findall(html) for html in (base, mine, theirs))
    edits = sorted({*_word_edits(old, one), *_word_edits(old, other)})
    merged, place, end = list[str](), 0, -1
    for start, stop, new in edits:
        if start <= end:
            return None
        merged += [*old[place:start], *new]
        place, end = stop, stop
    html = "".join(merged + old[place:])
    return html if _is_nested(html) else None


def _word_edits(old: list[str], new: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return (where it begins in the old, where it ends, what stands there now) of each change."""
    return [(step.old.start, step.old.stop, tuple(new[step.new])) for step in steps(old, new) if step.op == "changed"]


def _is_nested(html: str) -> bool:
    """Return whether every element ends inside of the one that it began in."""
    opened: list[str] = []
    for token in TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if not name or name in VOID_ELEMENTS:
            continue
        if not token["end"]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _clash(number: int, steps: list[Triple]) -> MergeClash:
    """Return one clash for neighbours that both sides changed: they are read together."""
    base, mine, theirs = ("".join(element for step in steps for element in step[side]) for side in range(3))
    return MergeClash(f"body-{number}", "body", base, mine, theirs)


def _edits(base: list[str], side: list[str]) -> tuple[list[list[str]], list[list[str]]]:
    """Return (what came in before each element of the base and after the last, what became of each)."""
    came: list[list[str]] = [[] for _place in range(len(base) + 1)]
    became = [[element] for element in base]
    for step in steps(base, side):
        if step.op == "same":
            continue
        if step.old.start == step.old.stop:
            came[step.old.start] = side[step.new]
        else:
            became[step.old] = _rewritten(base[step.old], side[step.new])
    return came, became


def _rewritten(old: list[str], new: list[str]) -> list[list[str]]:
    """Return for each old element the new ones that took its place, so that all of them together are `new`."""
    became: list[list[str]] = [[] for _element in old]
    partners = _partners([_distinct_words(element) for element in old], [_distinct_words(element) for element in new])
    place = 0
    for number, element in enumerate(new):
        place = partners.get(number, place)
        became[place].append(element)
    return became


def _partners(old: list[frozenset[str]], new: list[frozenset[str]]) -> dict[int, int]:
    """Return {place in new: place in old} of the most alike, in order; where nothing is alike, one after the other."""
    if len(old) * len(new) > MAX_PAIRS_COMPARED:
        return {number: min(number, len(old) - 1) for number in range(len(new))}
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for one, here in enumerate(old):
        for other, there in enumerate(new):
            paired = best[one][other] + SOME + len(here & there) / max(len(here | there), 1)
            best[one + 1][other + 1] = max(paired, best[one][other + 1], best[one + 1][other])
    partners, one, other = {}, len(old), len(new)
    while one and other:
        if best[one][other] == best[one - 1][other]:
            one -= 1
        elif best[one][other] == best[one][other - 1]:
            other -= 1
        else:
            one, other = one - 1, other - 1
            partners[other] = one
    return partners


def _distinct_words(html: str) -> frozenset[str]:
    return frozenset(WORD_CHARACTERS.findall(TOKEN.sub(" ", html)))


def elements(html: str) -> Iterator[str]:
    """Yield the outermost elements of a clean body, in order, without the space between them.

    >>> list(elements("<p>Un</p><ul><li>a</li></ul>"))
    ['<p>Un</p>', '<ul><li>a</li></ul>']
    """
    depth = start = 0
    for token in TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if not name:
            continue
        depth += -1 if token["end"] else 0 if name in VOID_ELEMENTS else 1
        if depth <= 0 and (token["end"] or name in VOID_ELEMENTS):
            depth = 0
            yield html[start : token.end()].strip()
            start = token.end()
    if rest := html[start:].strip():
        yield rest


def _choose_side(clash: MergeClash, side: Side) -> Any:
    if side == "both" and clash.field == "body":
        return clash.theirs + clash.mine
    return clash.theirs if side == "theirs" else clash.mine
