"""Which two tags may be one: found among all of them, without those that somebody told apart.

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
from articles.models.tag_company import always_together

KEPT_FOR = 600  # seconds
MOST = 1000  # pairs of each kind: whoever merges them finds the next ones
Pair = tuple[int, int]  # ids, the lower first


@dataclass(frozen=True)
class TwoTags:
    more: Tag  # that with more stories, into which the other would go
    fewer: Tag
    likeness: str  # “form”, “letter” or “stories”


def alike() -> dict[Pair, str]:
    """Those whose names look alike, with how."""
    found = _kept("alike", lambda: lookalikes.pairs(dict(Tag.objects.values_list("pk", "key"))))
    best = sorted(found, key=lambda pair: (found[pair], pair))  # plurals before slips
    return {pair: str(found[pair]) for pair in _not_apart(best)}


def together() -> dict[Pair, str]:
    """Those on the same stories."""
    return dict.fromkeys(_not_apart(_kept("together", always_together)), "stories")


def two_tags(pairs: dict[Pair, str], most: int) -> list[TwoTags]:
    """The first of these pairs that are both still there. One query."""
    shown = list(pairs.items())[:most]
    tags = Tag.objects.in_bulk({pk for pair, _likeness in shown for pk in pair})
    found = []
    for (one, other), likeness in shown:
        if one in tags and other in tags:
            more, fewer = sorted([tags[one], tags[other]], key=lambda tag: (-tag.story_count, tag.pk))
            found.append(TwoTags(more, fewer, likeness))
    return found


def _kept(what: str, find: Callable[[], Any]) -> Any:
    """Found anew after a tag came or went."""
    state = Tag.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return cache.get_or_set(f"tag-pairs-{what}-{state['n']}-{state['last']}", find, KEPT_FOR)


def _not_apart(pairs: list[Pair]) -> list[Pair]:
    apart = DistinctTags.objects.pairs()
    return [pair for pair in pairs if pair not in apart][:MOST]
