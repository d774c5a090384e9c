"""What two stories have in common, and what it counts: rare tags, similar words, the section; newer among equals."""

from __future__ import annotations

import math
from collections.abc import Iterable

UBIQUITOUS = 5  # a tag on one story in this number, or in fewer, says nothing
LIKENESS = 150  # points for the same text; of stories on one event, which are a fifth alike, 30: as six rare tags
MENTIONED = 0.5  # what a tag counts, of 1, that one of the two has and the other only mentions, see mentions.py
SECTION_BONUS = 0.5  # like a tag on three stories in five
HALF_LIFE = 30  # days in which a story loses half of what it has for being new …
FRESHNESS = 0.03  # … which is this part of its points: newer stories win among equals, never against closer ones
DAY = 24 * 60 * 60  # seconds


def idf(stories: int, total: int) -> float:
    """Return what a shared tag counts: ln((total + 1) / (stories + 1)), less the more it nears a fifth of all stories.

    A tag on one story in a hundred counts nine tenths of that, on one in twenty half, on one in ten a quarter.
    """
    if stories * UBIQUITOUS >= total:
        return 0.0
    return math.log((total + 1) / (stories + 1)) * (1 - stories * UBIQUITOUS / total) ** 2


def recency(seconds: float) -> float:
    """Return 1 for a new story, and down to 1 - FRESHNESS for an old one: half of that in HALF_LIFE days."""
    return float(1 - FRESHNESS * (1 - 0.5 ** (max(0.0, seconds) / (HALF_LIFE * DAY))))


def weight(idfs: Iterable[float], likeness: float) -> float:
    return math.fsum([*idfs, LIKENESS * likeness])


def points(weight: float, age: float, *, same_section: bool) -> float:
    """Return the points of a story that is `age` seconds old; 0 when it has nothing but the section in common."""
    if not weight:
        return 0.0
    return (weight + (SECTION_BONUS if same_section else 0.0)) * recency(age)
