"""Near-duplicates: of stories whose headlines are nearly the same, the newest stands for all."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from articles.models import Article
from articles.slugs import tag_key


def repeated_by(stories: Iterable[Article], there: Iterable[Article] = ()) -> dict[int, Article]:
    """Return {id: what it repeats} of stories with nearly the headline of a newer one, or of one that is `there`."""
    kept = [(_words(story.headline), story) for story in there]
    repeated: dict[int, Article] = {}
    for story in sorted(stories, key=lambda story: (_published(story), story.pk), reverse=True):
        words = _words(story.headline)
        first = next((other for others, other in kept if share_most_words(words, others)), None)
        if first:
            repeated[story.pk] = first
        else:
            kept.append((words, story))
    return repeated


def share_most_words(words: AbstractSet[str], others: AbstractSet[str]) -> bool:
    """Return whether four words in five of both together are in each.

    The union is counted, not made: a page compares some three hundred pairs.
    """
    shared = len(words & others)
    return shared * 5 >= (len(words) + len(others) - shared) * 4


def _words(headline: str) -> frozenset[str]:
    return frozenset(tag_key(headline).split())


def _published(story: Article) -> float:
    return story.publish_at.timestamp() if story.publish_at else 0.0
