"""How many published stories a section and a tag have, and when the newest of a tag comes out: both are stored there.

The rows of sections and of common tags are needed by everybody who publishes. They are therefore changed at the end of
a save, in one order, and stay locked no longer than until its commit.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from articles.models.section import Section
from articles.models.tag import Tag
from articles.models.tag_queryset import last_use


class StoryCounts(NamedTuple):
    """The counts that one story contributes to: none unless it is published, now or later."""

    section: int | None = None
    tags: frozenset[int] = frozenset()
    publish_at: datetime.datetime | None = None

    @classmethod
    def of_story(cls, row: Mapping[str, Any], tags: Iterable[int]) -> StoryCounts:
        """Return what is counted of the story with these tags.

        `row` has its section, status and publication time; it is empty for a new story.
        """
        if row.get("status") != "published":
            return cls()
        return cls(row["section_id"], frozenset(tags), row["publish_at"])


def count_story(pk: int, before: StoryCounts, after: StoryCounts) -> None:
    """Store what changed in the counts of its sections and tags. Its row and links are written already."""
    if before.section != after.section:
        for section, difference in sorted([(before.section or 0, -1), (after.section or 0, +1)]):
            if section:
                Section.objects.filter(pk=section).update(story_count=F("story_count") + difference)
    stay = before.tags & after.tags if before.publish_at != after.publish_at else frozenset[int]()
    gone, new = before.tags - after.tags, after.tags - before.tags
    if not gone | new | stay:
        return
    Tag.objects.lock_for_counting(gone | new | stay)
    without_it = last_use(besides=pk)
    Tag.objects.filter(pk__in=gone).update(story_count=F("story_count") - 1, last_used_at=without_it)
    Tag.objects.filter(pk__in=new).update(
        story_count=F("story_count") + 1,
        last_used_at=Greatest(Coalesce("last_used_at", after.publish_at), after.publish_at),
    )
    Tag.objects.filter(pk__in=stay).update(
        last_used_at=Greatest(Coalesce(without_it, after.publish_at), after.publish_at)
    )
