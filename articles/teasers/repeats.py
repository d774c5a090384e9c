"""Near-duplicates: of stories whose headlines are nearly the same, the newest stands for all."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Article
from articles.slugs import tag_key


def repeated_by(stories: Iterable[Article], there: Iterable[Article] = ()) -> dict[int, Article]:
    """Those whose headline nearly repeats that of a newer one, or of one that is `there` whatever its age, by id."""
    kept = [(_words(story), story) for story in there]
    repeated: dict[int, Article] = {}
    for story in sorted(stories, key=lambda story: (_published(story), story.pk), reverse=True):
        words = _words(story)
        first = next((other for others, other in kept if alike(words, others)), None)
        if first:
            repeated[story.pk] = first
        else:
            kept.append((words, story))
    return repeated


def alike(words: set[str], others: set[str]) -> bool:
    """Four words in five are the same."""
    return len(words & others) * 5 >= len(words | others) * 4


def _words(story: Article) -> set[str]:
    return set(tag_key(story.headline).split())


def _published(story: Article) -> float:
    return story.publish_at.timestamp() if story.publish_at else 0.0
