"""Pairs the paragraphs of a new version with those of the old, moved or rewritten, by the words that both have.

Few paragraphs are compared each with each. Many are compared only with those that share rare words with them or stand
in the same place, so that the work grows with the text, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

MIN_SHARE_OF_WORDS = 0.5  # share of words that two paragraphs have in common when one is the other, rewritten
ALL_PAIRS = 10_000  # pairs of paragraphs that are compared each with each
MAX_PARAGRAPHS_OF_RARE_WORD = 4  # paragraphs, at most, in which a word stands that leads from one paragraph to another
MAX_PARTNERS_TRIED = 3  # paragraphs, at most, that one is compared with for its rare words

Paragraphs = Mapping[int, Sequence[int]]  # place → its words, as numbers


def pair(left: Paragraphs, came: Paragraphs, gaps: Iterable[tuple[Sequence[int], Sequence[int]]]) -> dict[int, int]:
    """Return {place in the old version: place in the new one}, the most alike first, each place once.

    `left` are the paragraphs that did not stay, `came` those that were not there; `gaps` are their places between the
    paragraphs that stayed.
    """
    one = {place: Counter(words) for place, words in left.items()}
    other = {place: Counter(words) for place, words in came.items()}
    places: Iterable[tuple[int, int]]
    if len(left) * len(came) <= ALL_PAIRS:
        places = ((before, now) for before in left for now in came)
    else:
        places = set(_sharing_rare_words(left, came)) | set(_in_the_same_place(gaps))
    pairs = []
    for before, now in places:
        likeness = _likeness(one[before], other[now], len(left[before]), len(came[now]))
        if likeness >= MIN_SHARE_OF_WORDS:
            pairs.append((-likeness, abs(before - now), before, now))
    return _each_once(sorted(pairs))


def _each_once(pairs: Iterable[tuple[float, int, int, int]]) -> dict[int, int]:
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_nearness, before, now in pairs:
        if before not in partner and now not in taken:
            partner[before] = now
            taken.add(now)
    return partner


def _sharing_rare_words(left: Paragraphs, came: Paragraphs) -> Iterator[tuple[int, int]]:
    where: defaultdict[int, list[int]] = defaultdict(list)
    for place, words in came.items():
        for word in set(words):
            where[word].append(place)
    rare = {word: places for word, places in where.items() if len(places) <= MAX_PARAGRAPHS_OF_RARE_WORD}
    for before, words in left.items():
        shared = Counter(now for word in rare.keys() & set(words) for now in rare[word])
        yield from ((before, now) for now, _count in shared.most_common(MAX_PARTNERS_TRIED))


def _in_the_same_place(gaps: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs at the same place, counted from the beginning of a gap and from its end."""
    for left, came in gaps:
        yield from zip(left, came, strict=False)
        yield from zip(reversed(left), reversed(came), strict=False)


def _likeness(one: Counter[int], other: Counter[int], size: int, other_size: int) -> float:
    """Return the share of words that both have: 1 for the same ones in any order, 0 below MIN_SHARE_OF_WORDS."""
    total = size + other_size
    if 2 * min(size, other_size) < MIN_SHARE_OF_WORDS * total:
        return 0.0
    common = sum(min(one[word], other[word]) for word in one.keys() & other.keys())
    return 2 * common / total
