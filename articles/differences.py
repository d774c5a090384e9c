"""The differences between two versions of a story, as an editor reads them.

Paragraphs are matched first: those that stayed, those that moved, those that were rewritten; inside the last, words.
Formatting counts: a word that became a link or bold is a changed word. Works on the flat form of a story, without the
database; the work grows with the length of the text (alignment.py, pairing.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.alignment import ComparisonBudget, align, steps
from articles.markup import escaped
from articles.pairing import pair
from articles.text_blocks import SPACED_WORD, ComparedBlock, StyledWord, parse_blocks

CONTEXT = 1  # unchanged paragraphs shown around a change

WordFate = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class DifferencePart:
    """A run of words that stayed, were added or were removed."""

    op: WordFate
    words: tuple[StyledWord, ...]

    @property
    def html(self) -> SafeString:
        space = "" if self.words[0].glued else " "
        start, end = {"same": ("", ""), "added": ("<ins>", "</ins>"), "removed": ("<del>", "</del>")}[self.op]
        return mark_safe(f"{space}{start}{_html(self.words).removeprefix(' ')}{end}")  # noqa: S308 - escaped


@dataclass(frozen=True)
class Passage:
    """A paragraph of either version. One that moved is where it is now; `left` marks where it was."""

    change: Literal["same", "added", "removed", "changed", "moved", "left"]
    kind: str
    parts: tuple[DifferencePart, ...]
    passages: ClassVar[tuple[Passage, ...]] = ()  # it is no fold

    @property
    def html(self) -> SafeString:
        return mark_safe("".join([part.html for part in self.parts]))  # noqa: S308 - escaped


@dataclass(frozen=True)
class FoldedPassages:
    """Unchanged passages that need not be read."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class FieldChange:
    """The change of one field: words of a text, passages of the body, or names that were added or removed."""

    field: str
    parts: tuple[DifferencePart, ...] = ()
    passages: tuple[Passage | FoldedPassages, ...] = ()
    old: Any = None  # of a single choice
    new: Any = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reordered: tuple[str, ...] = ()  # the names in their new order


def text_change(name: str, old: str, new: str) -> FieldChange:
    return FieldChange(name, parts=tuple(compare_words(_split_words(old), _split_words(new))))


def list_change(name: str, old: Sequence[str], new: Sequence[str]) -> FieldChange:
    """Return the change of a list of names, whose order counts."""
    added = tuple(one for one in new if one not in old)
    removed = tuple(one for one in old if one not in new)
    stayed_before, stayed = [one for one in old if one in new], [one for one in new if one in old]
    return FieldChange(name, added=added, removed=removed, reordered=tuple(new) if stayed_before != stayed else ())


def body_change(name: str, old: str, new: str) -> FieldChange:
    return FieldChange(name, passages=tuple(fold_unchanged(passages(list(parse_blocks(old)), list(parse_blocks(new))))))


def compare_words(
    old: Sequence[StyledWord], new: Sequence[StyledWord], budget: ComparisonBudget | None = None
) -> Iterator[DifferencePart]:
    """Yield the words of both, in order: removed ones before those in their place."""
    for step in steps(old, new, budget):
        if step.op == "same":
            yield DifferencePart("same", tuple(new[step.new]))
            continue
        if gone := tuple(old[step.old]):
            yield DifferencePart("removed", gone)
        if came := tuple(new[step.new]):
            yield DifferencePart("added", came)


def passages(old: list[ComparedBlock], new: list[ComparedBlock]) -> Iterator[Passage]:
    """Return both versions as one text, in the order of the new one; what was removed stays where it was."""
    stayed, partner = _matched(old, new)
    home = {now: before for before, now in partner.items()}
    in_old = sorted(stayed.values())
    budget = ComparisonBudget()
    at = 0
    for number, block in enumerate(new):
        before = stayed.get(number, home.get(number))
        in_place = number in stayed or (before is not None and before >= at and _is_next(before, at, in_old))
        if before is not None and in_place:
            yield from _removed_passages(old, at, before, partner)
            at = before + 1
        yield _passage(block, old[before] if before is not None else None, budget, moved=not in_place)
    yield from _removed_passages(old, at, len(old), partner)


def _is_next(before: int, at: int, stayed: list[int]) -> bool:
    """Return whether nothing that stayed in its place lies between these two places."""
    return bisect_left(stayed, at) == bisect_left(stayed, before)


def _removed_passages(old: list[ComparedBlock], start: int, end: int, partner: dict[int, int]) -> Iterator[Passage]:
    """Yield what stood between two places of the old version and is now removed or elsewhere."""
    for number in range(start, end):
        block = old[number]
        change: Literal["left", "removed"] = "left" if number in partner else "removed"
        yield Passage(change, block.kind, (DifferencePart("removed" if change == "removed" else "same", block.words),))


def _passage(block: ComparedBlock, before: ComparedBlock | None, budget: ComparisonBudget, *, moved: bool) -> Passage:
    if before is None:
        return Passage("added", block.kind, (DifferencePart("added", block.words),))
    if before == block:
        return Passage("moved" if moved else "same", block.kind, (DifferencePart("same", block.words),))
    return Passage("moved" if moved else "changed", block.kind, tuple(compare_words(before.words, block.words, budget)))


def _matched(old: list[ComparedBlock], new: list[ComparedBlock]) -> tuple[dict[int, int], dict[int, int]]:
    """Return ({new: old} of those that stayed as they were, {old: new} of those that moved or were rewritten)."""
    stayed: dict[int, int] = {}
    gaps: list[tuple[range, range]] = []
    at, new_at = 0, 0
    for run in align(old, new):
        stayed |= {run.new + step: run.old + step for step in range(run.size)}
        gaps.append((range(at, run.old), range(new_at, run.new)))
        at, new_at = run.old + run.size, run.new + run.size
    gaps.append((range(at, len(old)), range(new_at, len(new))))
    numbers: dict[StyledWord, int] = {}
    left, came = (
        {
            place: [numbers.setdefault(word, len(numbers)) for word in side[place].words]
            for gap in places
            for place in gap
        }
        for side, places in zip((old, new), zip(*gaps, strict=True), strict=True)
    )
    return stayed, pair(left, came, gaps)


def fold_unchanged(found: Iterable[Passage]) -> Iterator[Passage | FoldedPassages]:
    """Yield the passages with long unchanged stretches folded away."""
    run: list[Passage] = []
    is_first = True
    for passage in found:
        if passage.change == "same":
            run.append(passage)
            continue
        yield from _fold(run, 0 if is_first else CONTEXT, CONTEXT)
        run, is_first = [], False
        yield passage
    yield from _fold(run, 0 if is_first else CONTEXT, 0)


def _fold(run: list[Passage], head: int, tail: int) -> Iterator[Passage | FoldedPassages]:
    if len(run) <= head + tail + 1:
        yield from run
        return
    end = len(run) - tail
    yield from run[:head]
    yield FoldedPassages(tuple(run[head:end]))
    yield from run[end:]


def _split_words(text: str) -> tuple[StyledWord, ...]:
    return tuple(map(StyledWord, SPACED_WORD.findall(text)))


def _html(words: Sequence[StyledWord]) -> str:
    """Return words with the spaces before them. Plain words are escaped together: a page may show 100,000 of them."""
    if not any(word.marks or word.glued for word in words):
        return escaped(" " + " ".join([word.text for word in words]))
    return "".join([f"{'' if word.glued else ' '}{_marked(word)}" for word in words])


def _marked(word: StyledWord) -> SafeString:
    html = format_html("{}", word.text)
    for mark in reversed(word.marks):
        name, _space, address = mark.partition(" ")
        if name == "a":
            html = format_html('<span class="link" title="{}">{}</span>', address, html)
        elif name in ("strong", "em", "sup", "sub"):
            html = format_html(f"<{name}>{{}}</{name}>", html)
    return html
