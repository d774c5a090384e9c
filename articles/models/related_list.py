"""The stories that have most in common with a story, found after it is saved: its page only reads them.

Nothing in here decides what readers may see: ids of stories that are not public, or gone, may stand in a list.
`articles/related/working_out.py` writes the lists.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db import models

from articles.models.article import Article

IDS_PER_QUERY = 1_000


class Match(NamedTuple):
    """A story that has something in common with another; a JSON list of these values is the same."""

    pk: int
    likeness: float  # of their texts, see articles/related/likeness.py
    tags: list[int]  # ids of the shared ones, the rarest first
    published: int  # seconds since 1970
    section: int | None
    weight: float  # what its likeness, tags and mentions counted when it was found
    mentioned: dict[str, float] = {}  # names of tags that one of the two has and the other mentions: their points then


class RelatedListQuerySet(models.QuerySet["RelatedList"]):
    def lock(self, ids: Collection[int], *, skipping: bool = False) -> dict[int, RelatedList]:
        """Return the lists of these stories, for nobody else to change until the transaction ends, in order of ids.

        A story without a list gets one; stories that are gone, and lists that are skipped because somebody holds
        them, are left out.
        """
        locked = self.order_by("pk").select_for_update(skip_locked=skipping)
        rows: dict[int, RelatedList] = {row.pk: row for row in locked.filter(pk__in=ids)}
        if missing := ids - rows.keys():
            self._begin(missing)
            rows |= {row.pk: row for row in locked.filter(pk__in=missing)}
        return rows

    def store(self, rows: Iterable[RelatedList], fields: list[str]) -> None:
        """Write these columns of all rows in one statement."""
        RelatedList.objects.bulk_create(rows, update_conflicts=True, unique_fields=["article"], update_fields=fields)

    def missing(self) -> list[int]:
        """Return the ids of published stories that were never worked out, the newest first: those of a bulk import."""
        stories = Article.objects.filter(status="published").exclude(related_list__worked_out_at__isnull=False)
        return list(stories.newest_first().values_list("pk", flat=True))

    def missing_below(self, pk: int, limit: int) -> list[int]:
        """Return the ids of as many of them whose ids are below this one, the highest first: no long archive is read.

        The other states are excluded, lest SQLite without statistics enter its index by “published”.
        """
        status = Article.Status
        stories = Article.objects.filter(pk__lt=pk).exclude(
            status__in=[status.DRAFT, status.IN_REVIEW, status.WITHDRAWN]
        )
        unknown = stories.exclude(related_list__worked_out_at__isnull=False)
        return list(unknown.order_by("-pk").values_list("pk", flat=True)[:limit])

    def worked_out_before(self, moment: datetime.datetime, ids: Sequence[int]) -> list[int]:
        """Return which of these stories were worked out before a moment and not since. A query for 1,000 ids."""
        parts = [ids[start : start + IDS_PER_QUERY] for start in range(0, len(ids), IDS_PER_QUERY)]
        older = self.filter(worked_out_at__lt=moment).order_by("pk")
        return [pk for part in parts for pk in older.filter(pk__in=part).values_list("pk", flat=True)]

    def _begin(self, ids: Iterable[int]) -> None:
        """Store an empty list for those of these stories that have none."""
        bare = Article.objects.filter(pk__in=ids, related_list=None).order_by("pk").values_list("pk", flat=True)
        RelatedList.objects.bulk_create([RelatedList(article_id=pk) for pk in bare], ignore_conflicts=True)


class RelatedList(models.Model):
    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="related_list")
    matches = models.JSONField(default=list)  # values of Match, the best first
    tags = models.JSONField(default=list)  # ids of the story's tags when it was worked out
    worked_out_at = models.DateTimeField(null=True)  # None: others found it, itself it was never looked at

    objects = RelatedListQuerySet.as_manager()

    class Meta:
        verbose_name = "related list"
        verbose_name_plural = "related lists"

    def __str__(self) -> str:
        return str(self.pk)
