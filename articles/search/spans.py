"""Spans of time as numbers, by which an inverted index finds the entries of any period: a tree of spans.

Each entry is indexed under the span of every level that its moment lies in. A period is then the union of a few dozen
spans, however many entries it has.
"""

from __future__ import annotations

# The bits of a moment that each level leaves out: 36 hours, 24 days, a year, 17 and 272 years (see SearchEntry.moment).
BITS = (42, 46, 50, 54, 58)
BITS_PER_LEVEL = 4  # bits from one level to the next: 16 spans are one of the next level
NUMBERS = 8  # a span's number is its place on its level, times this, plus the level


def spans_covering(start: int, end: int) -> list[int]:
    """Return the numbers of the fewest spans that cover the moments from `start` to before `end`.

    They reach up to a span of the first level farther on both sides.

    >>> spans_covering(0, 1 << 46), spans_covering(0, 1 << 42)
    ([1], [0])
    """
    first, last = start >> BITS[0], (end - 1 >> BITS[0]) + 1
    numbers = []
    for level in range(len(BITS)):
        is_coarsest = level == len(BITS) - 1
        places = []
        while first < last and (is_coarsest or first % (1 << BITS_PER_LEVEL)):
            places.append(first)
            first += 1
        while first < last and last % (1 << BITS_PER_LEVEL):
            last -= 1
            places.append(last)
        numbers += [place * NUMBERS + level for place in places]
        first, last = first >> BITS_PER_LEVEL, last >> BITS_PER_LEVEL
    return numbers
