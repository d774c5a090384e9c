"""Merges two edits of one story: what only one side changed is merged, what both changed is a clash.

Works on the flat form of a story, without the database: field by field, lists of names item by item, the body paragraph
by paragraph, and one paragraph word by word. Laws: merge(base, a, base) = a, merge(base, a, a) = a, and edits of
different paragraphs merge the same whichever side comes first. A clash is never decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any, Literal

from articles.merging.body import merge_bodies

MERGED_LISTS = ("authors", "tags", "pinned_compact", "pinned_long", "never_here")

Side = Literal["mine", "theirs", "both"]


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
            body = _merged_body(base.get(name, ""), mine[name], theirs[name])
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


def _merged_body(base: str, mine: str, theirs: str) -> list[str | MergeClash]:
    """Return the merged body with its clashes, which are numbered from 1."""
    numbers = count(1)
    return [
        part if isinstance(part, str) else MergeClash(f"body-{next(numbers)}", "body", *part)
        for part in merge_bodies(base, mine, theirs)
    ]


def _choose_side(clash: MergeClash, side: Side) -> Any:
    if side == "both" and clash.field == "body":
        return clash.theirs + clash.mine
    return clash.theirs if side == "theirs" else clash.mine
