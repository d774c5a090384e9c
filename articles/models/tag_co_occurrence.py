"""Tags that stand on the same stories, nearly always: two names of one thing, though they look nothing alike.

Comparing every two tags would take hours. Instead the stories of each tag are shuffled in eight ways, the same for all,
and the first of each way is looked at: two tags that share a part p of their stories have a share p of these firsts in
common (min-wise hashing, Broder 1997). One walk through the links, then a look at the few that are left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Min

from articles.models.tagged_article import TaggedArticle

MIN_SHARE_OF_STORIES = 0.9  # of the stories that have either of two tags, those that have both
MIN_STORIES = 5
MAX_PAIRS_TRIED = 200
HASH_PRIME = 2_147_483_647
HASH_FACTORS = [48_271, 69_621, 16_807, 39_373, 742_938_285, 950_706_376, 1_226_874_159, 62_089_911]
MIN_SHARED_FIRSTS = 5  # of eight: fewer come of a share of 0.9 once in two hundred times


def always_together() -> list[tuple[int, int]]:
    """Return pairs of ids, the lower first; those with most stories in common come first. Two queries."""
    shuffled: dict[str, Any] = {
        f"first_{number}": Min(ExpressionWrapper(F("content_object_id") * factor % HASH_PRIME, BigIntegerField()))
        for number, factor in enumerate(HASH_FACTORS)
    }
    links = TaggedArticle.objects.order_by().values_list("tag").annotate(n=Count("pk"), **shuffled)
    firsts = {pk: (count, values) for pk, count, *values in links.filter(n__gte=MIN_STORIES)}
    candidates = _candidates(firsts)
    common = _in_common(candidates)
    together = [
        (one, other)
        for one, other in candidates
        if common[one, other] >= MIN_SHARE_OF_STORIES * (firsts[one][0] + firsts[other][0] - common[one, other])
    ]
    return sorted(together, key=lambda pair: (-common[pair], pair))


def _candidates(firsts: dict[int, tuple[int, list[int]]]) -> list[tuple[int, int]]:
    """Return the pairs of tags that share enough firsts. A bucket holds tags of one story, so it is small."""
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk in sorted(firsts):
        for way, value in enumerate(firsts[pk][1]):
            buckets[way, value].append(pk)
    shared = Counter(pair for bucket in buckets.values() for pair in combinations(bucket, 2))
    alike = [pair for pair, times in shared.items() if times >= MIN_SHARED_FIRSTS]
    return sorted(alike, key=lambda pair: (-shared[pair], pair))[:MAX_PAIRS_TRIED]


def _in_common(pairs: list[tuple[int, int]]) -> Counter[tuple[int, int]]:
    """Return how many stories have both tags of a pair."""
    if not pairs:
        return Counter()
    ones, others = {one for one, _other in pairs}, {other for _one, other in pairs}
    links = TaggedArticle.objects.filter(tag__in=ones, content_object__taggings__tag__in=others).order_by()
    counted = links.values_list("tag", "content_object__taggings__tag").annotate(n=Count("pk"))
    return Counter({(one, other): n for one, other, n in counted})
