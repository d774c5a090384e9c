"""Which tag each merged tag went into: old versions of stories, open forms and links of the desk name tags by id.

A row is one step. It is written by the merge and removed by its undo; no other change of tags touches it, so that the
tag of today is found by following the steps, however the tags on the way were renamed, merged or deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from articles.models.tag import Tag

# UNION without ALL ends even if rows that were not written here form a circle.
FOLLOW_MERGES = """
    WITH RECURSIVE way (former_id, tag_id) AS (
        SELECT id, into_id FROM articles_mergedtag WHERE id IN ({ids})
        UNION
        SELECT way.former_id, merged.into_id FROM way JOIN articles_mergedtag merged ON merged.id = way.tag_id
    )
    SELECT articles_tag.*, way.former_id FROM way JOIN articles_tag ON articles_tag.id = way.tag_id
"""


class MergedTagQuerySet(models.QuerySet["MergedTag"]):
    def record(self, sources: Iterable[Tag], target: Tag) -> None:
        """Remember that these tags went into this one."""
        steps = [self.model(pk=tag.pk, name=tag.name, into_id=target.pk) for tag in sources]
        self.bulk_create(steps, update_conflicts=True, unique_fields=["id"], update_fields=["name", "into_id"])


class MergedTag(models.Model):
    id = models.PositiveBigIntegerField(primary_key=True)  # of the tag that is gone
    name = models.CharField(_("name"), max_length=100)  # that it had then
    into_id = models.PositiveBigIntegerField()  # no foreign key: this tag may be merged or deleted too

    objects = MergedTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("merged tag")
        verbose_name_plural = _("merged tags")

    def __str__(self) -> str:
        return f"{self.name} ({self.pk}) → {self.into_id}"


def following_query(number: int) -> str:
    """Return a query of the tags of today for this number of former ids, each tag with its `former_id`."""
    return FOLLOW_MERGES.format(ids=", ".join(["%s"] * number))
