"""Pairs of tags that may be one, among all of them, without those that somebody marked as distinct.

Finding them takes seconds among fifty thousand tags, so what is found is kept for a while.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max

from articles import lookalikes
from articles.models import DistinctTags, Tag
from articles.models.tag_co_occurrence import always_together

CACHE_SECONDS = 600
MAX_TAGS_AT_ONCE = 5_000  # tags among which pairs are found in less than a tenth of a second
MAX_PAIRS = 1000  # pairs of each kind: the next ones follow when these are merged
TagPair = tuple[int, int]  # ids, the lower first


@dataclass(frozen=True)
class DuplicateTagPair:
    more: Tag  # the tag with more stories, into which the other would be merged
    fewer: Tag
    likeness: str  # “form”, “letter” or “stories”


def look_alike_pairs() -> dict[TagPair, str]:
    """Return the pairs of tags whose names look alike, with the kind of likeness."""
    return _best_pairs(_cached_pairs("alike", _find_look_alikes))


def look_alike_pairs_at_once() -> dict[TagPair, str] | None:
    """Return the same pairs where they are known or quickly found, else None. Two queries among few tags."""
    keys = dict(Tag.objects.order_by().values_list("pk", "key")[: MAX_TAGS_AT_ONCE + 1])
    if len(keys) > MAX_TAGS_AT_ONCE:
        found = cache.get(_cache_key_today("alike"))
    else:
        cache_key = _cache_key("alike", len(keys), max(keys, default=None))
        found = cache.get_or_set(cache_key, lambda: lookalikes.pairs(keys), CACHE_SECONDS)
    return None if found is None else _best_pairs(found)


def _find_look_alikes() -> dict[TagPair, lookalikes.Likeness]:
    return lookalikes.pairs(dict(Tag.objects.order_by().values_list("pk", "key")))


def _best_pairs(found: dict[TagPair, lookalikes.Likeness]) -> dict[TagPair, str]:
    best = sorted(found, key=lambda pair: (found[pair], pair))  # plurals before slips
    return {pair: str(found[pair]) for pair in _without_distinct(best)}


def co_occurring_pairs() -> dict[TagPair, str]:
    """Return the pairs of tags that are on the same stories."""
    return dict.fromkeys(_without_distinct(_cached_pairs("together", always_together)), "stories")


def load_pairs(pairs: dict[TagPair, str], most: int) -> list[DuplicateTagPair]:
    """Return the first of these pairs of which both tags still exist. One query."""
    shown = list(pairs.items())[:most]
    tags = Tag.objects.in_bulk({pk for pair, _likeness in shown for pk in pair})
    found = []
    for (one, other), likeness in shown:
        if one in tags and other in tags:
            more, fewer = sorted([tags[one], tags[other]], key=lambda tag: (-tag.story_count, tag.pk))
            found.append(DuplicateTagPair(more, fewer, likeness))
    return found


def _cached_pairs(what: str, find: Callable[[], Any]) -> Any:
    """Return the pairs from the cache; they are found again after a tag came or went."""
    return cache.get_or_set(_cache_key_today(what), find, CACHE_SECONDS)


def _cache_key_today(what: str) -> str:
    state = Tag.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return _cache_key(what, state["n"], state["last"])


def _cache_key(what: str, number: int, last: int | None) -> str:
    return f"tag-pairs-{what}-{number}-{last}"


def _without_distinct(pairs: list[TagPair]) -> list[TagPair]:
    apart = DistinctTags.objects.pairs()
    return [pair for pair in pairs if pair not in apart][:MAX_PAIRS]
