"""What two stories have in common, and what it counts for: rare tags, similar words, the section; newer is better."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

UBIQUITOUS = 5  # a tag on more than one story in so many says nothing
LIKENESS = 150  # points for the same text; of stories on one event, which are a fifth alike, 30: as six rare tags
MENTIONED = 0.5  # what a tag counts, of 1, that one of the two has and the other only mentions, see mentions.py
SECTION_BONUS = 0.5  # like a tag on three stories in five
HALF_LIFE = 30  # days in which a story loses half its weight …
FLOOR = 0.2  # … down to this part, so that strong background can win
DAY = 24 * 60 * 60  # seconds


class Kin(NamedTuple):
    """A story that has something in common with another; a JSON list of these values is the same."""

    pk: int
    likeness: float  # of their texts, see likeness.py
    tags: list[int]  # ids of the shared ones, the rarest first
    published: int  # seconds since 1970
    section: int | None
    weight: float  # what its likeness, tags and mentions counted when it was found
    mentioned: dict[str, float] = {}  # names of tags that one of the two has and the other mentions: their points then


def idf(stories: int, total: int) -> float:
    """ln((total + 1) / (stories + 1)); 0 for a tag on more than a fifth of all stories."""
    if stories * UBIQUITOUS > total:
        return 0.0
    return math.log((total + 1) / (stories + 1))


def recency(seconds: float) -> float:
    """1 for a new story, halved every HALF_LIFE days, never under FLOOR."""
    return float(max(FLOOR, 0.5 ** (max(0.0, seconds) / (HALF_LIFE * DAY))))


def weight(idfs: Iterable[float], likeness: float) -> float:
    return math.fsum([*idfs, LIKENESS * likeness])


def points(weight: float, age: float, *, same_section: bool) -> float:
    """Of a story that is `age` seconds old. 0 when it is not related: nothing but the section in common."""
    if not weight:
        return 0.0
    return (weight + (SECTION_BONUS if same_section else 0.0)) * recency(age)
