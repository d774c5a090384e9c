"""The alignment of two sequences: which items are the same, in the order of both. Differences and merges build on it.

Short sequences are compared exactly. Long ones are cut first at items that occur once on each side, so that two texts
of thousands of paragraphs cost little more than reading them; where nothing cuts them, they count as different. The
cost is bounded whatever the texts say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal, NamedTuple

MAX_PAIRS_ALIGNED = 40_000  # pairs of items, up to which two sequences are compared exactly
BUDGET = 1_000_000  # pairs of items that are compared exactly for one difference; beyond them it gets coarser
LEVELS = 6  # how often a sequence is cut
WINDOW = 4  # neighbours that together tell an item from its equals


@dataclass
class ComparisonBudget:
    """The number of pairs of items that may still be compared exactly; all calls for one page share one."""

    pairs: int = BUDGET

    def can_pay(self, pairs: int) -> bool:
        """Return whether this number of comparisons is left, and spend them."""
        if pairs > self.pairs:
            return False
        self.pairs -= pairs
        return True


class MatchingRun(NamedTuple):
    """Items that are the same on both sides, one after the other."""

    old: int
    new: int
    size: int


class AlignmentStep(NamedTuple):
    """The fate of a range of the old sequence; either range may be empty, except where it stayed."""

    op: Literal["same", "changed"]
    old: slice
    new: slice


class _Range(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    level: int = 0

    @property
    def pairs(self) -> int:
        return (self.old_end - self.old) * (self.new_end - self.new)

    def without_ends(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[MatchingRun], _Range]:
        """Return (what is the same at its beginning and end, what is between)."""
        start, most = 0, min(self.old_end - self.old, self.new_end - self.new)
        while start < most and old[self.old + start] == new[self.new + start]:
            start += 1
        end = 0
        while end < most - start and old[self.old_end - end - 1] == new[self.new_end - end - 1]:
            end += 1
        between = _Range(self.old + start, self.old_end - end, self.new + start, self.new_end - end, self.level)
        ends = [MatchingRun(self.old, self.new, start), MatchingRun(between.old_end, between.new_end, end)]
        return [run for run in ends if run.size], between


def align(
    old: Sequence[Hashable], new: Sequence[Hashable], budget: ComparisonBudget | None = None
) -> list[MatchingRun]:
    """Return the runs that both have, in order.

    >>> align("abcd", "axcd")
    [MatchingRun(old=0, new=0, size=1), MatchingRun(old=2, new=2, size=2)]
    """
    runs, middle = _Range(0, len(old), 0, len(new)).without_ends(old, new)
    if middle.pairs:
        one, other = _numbered(old[middle.old : middle.old_end], new[middle.new : middle.new_end])
        found = _Alignment(one, other, budget or ComparisonBudget()).runs()
        runs += [MatchingRun(middle.old + run.old, middle.new + run.new, run.size) for run in found]
    return _joined(sorted(runs))


def steps(
    old: Sequence[Hashable], new: Sequence[Hashable], budget: ComparisonBudget | None = None
) -> Iterator[AlignmentStep]:
    """Yield both sequences from beginning to end, as what stayed and what changed between.

    >>> [(step.op, "abcd"[step.old], "axcd"[step.new]) for step in steps("abcd", "axcd")]
    [('same', 'a', 'a'), ('changed', 'b', 'x'), ('same', 'cd', 'cd')]
    """
    at, new_at = 0, 0
    for run in [*align(old, new, budget), MatchingRun(len(old), len(new), 0)]:
        if run.old > at or run.new > new_at:
            yield AlignmentStep("changed", slice(at, run.old), slice(new_at, run.new))
        at, new_at = run.old + run.size, run.new + run.size
        if run.size:
            yield AlignmentStep("same", slice(run.old, at), slice(run.new, new_at))


class _Alignment:
    def __init__(self, old: list[int], new: list[int], budget: ComparisonBudget) -> None:
        self.old, self.new, self.budget = old, new, budget
        self.matcher: SequenceMatcher[Any] = SequenceMatcher(None, autojunk=False)

    def runs(self) -> Iterator[MatchingRun]:
        """Return the runs in no particular order."""
        waiting = [_Range(0, len(self.old), 0, len(self.new))]
        while waiting:
            ends, middle = waiting.pop().without_ends(self.old, self.new)
            yield from ends
            if not middle.pairs:
                continue
            if middle.pairs <= MAX_PAIRS_ALIGNED:
                yield from self._exact(middle)
            elif middle.level < LEVELS:
                waiting += self._cut(middle)

    def _exact(self, part: _Range) -> Iterator[MatchingRun]:
        old, new = self.old[part.old : part.old_end], self.new[part.new : part.new_end]
        if set(old).isdisjoint(new) or not self.budget.can_pay(part.pairs):
            return
        self.matcher.set_seqs(old, new)
        for start, new_start, size in self.matcher.get_matching_blocks():
            if size:
                yield MatchingRun(part.old + start, part.new + new_start, size)

    def _cut(self, part: _Range) -> Iterator[_Range]:
        """Return the ranges between the items that both sides have once; each begins with such an item, except the
        first.
        """
        anchors = self._anchors(part, 1) or self._anchors(part, WINDOW)
        if anchors:
            places = [(part.old, part.new), *anchors, (part.old_end, part.new_end)]
            for (old, new), (old_end, new_end) in pairwise(places):
                yield _Range(old, old_end, new, new_end, part.level + 1)

    def _anchors(self, part: _Range, width: int) -> list[tuple[int, int]]:
        """Return (old, new) places of what occurs once on each side, as many as are in the same order on both."""
        old = _once(self.old, part.old, part.old_end, width)
        new = _once(self.new, part.new, part.new_end, width)
        return _ascending([(old[item], new[item]) for item in old.keys() & new.keys()])


def _once(items: list[int], start: int, end: int, width: int) -> dict[Hashable, int]:
    """Return the place of each item, or run of neighbours of that length, that occurs once."""
    shifted = [items[start + shift : end] for shift in range(width)]
    found: list[Hashable] = list(zip(*shifted, strict=False)) if width > 1 else list(items[start:end])
    counts = Counter(found)
    return {item: start + number for number, item in enumerate(found) if counts[item] == 1}


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs in which both numbers grow."""
    pairs.sort()
    tails: list[int] = []  # the smallest second number with which a chain of each length ends
    ends: list[int] = []  # which pair that is
    before: list[int] = []  # the pair before each one in its chain; -1 for none
    for number, (_old, new) in enumerate(pairs):
        length = bisect_left(tails, new)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [new]
        ends[length : length + 1] = [number]
    chain, number = [], ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _joined(runs: list[MatchingRun]) -> list[MatchingRun]:
    """Join runs that follow each other on both sides."""
    joined: list[MatchingRun] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.old + last.size, last.new + last.size) == (run.old, run.new):
            joined[-1] = MatchingRun(last.old, last.new, last.size + run.size)
        else:
            joined.append(run)
    return joined


def _numbered(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Return both sequences with a number for each different item, which compares faster than the item."""
    numbers: dict[Hashable, int] = {}
    one, other = ([numbers.setdefault(item, len(numbers)) for item in items] for items in (old, new))
    return one, other
