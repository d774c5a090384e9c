"""Every link between a tag and a story that a change of tags touched: what is needed to undo it, story by story.

Everything is moved inside the database: a tag on 100,000 stories costs as many statements as a tag on one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from articles.models.tagged_article import TaggedArticle

if TYPE_CHECKING:
    from articles.models.tag_change import TagChange

RECORD_SOURCE = """
    INSERT INTO articles_movedlink (change_id, article_id, tag_id, was, now)
    SELECT %s, content_object_id, tag_id, position, NULL FROM articles_taggedarticle WHERE tag_id = %s
"""
# The target stays where it is on a story, or takes the place of the first of the sources.
RECORD_TARGET = """
    INSERT INTO articles_movedlink (change_id, article_id, tag_id, was, now)
    SELECT %(change)s, moved.article_id, %(target)s, own.position, COALESCE(own.position, MIN(moved.was))
    FROM articles_movedlink moved
    LEFT JOIN articles_taggedarticle own ON own.content_object_id = moved.article_id AND own.tag_id = %(target)s
    WHERE moved.change_id = %(change)s
    GROUP BY moved.article_id, own.position
"""
LINK_TARGET = """
    INSERT INTO articles_taggedarticle (content_object_id, tag_id, position, status, publish_at, language)
    SELECT story.id, moved.tag_id, moved.now, story.status, story.publish_at, story.language
    FROM articles_movedlink moved JOIN articles_article story ON story.id = moved.article_id
    WHERE moved.change_id = %s AND moved.was IS NULL
    ORDER BY story.id
"""
# A source comes back to the stories that still have the target; after a deletion, to all that are still there.
LINK_SOURCES = """
    INSERT INTO articles_taggedarticle (content_object_id, tag_id, position, status, publish_at, language)
    SELECT story.id, moved.tag_id, moved.was, story.status, story.publish_at, story.language
    FROM articles_movedlink moved JOIN articles_article story ON story.id = moved.article_id
    WHERE moved.change_id = %s AND moved.now IS NULL
    ORDER BY story.id, moved.was
"""
LINK_SOURCES_BESIDE = LINK_SOURCES.replace(
    "WHERE",
    "JOIN articles_taggedarticle own ON own.content_object_id = story.id AND own.tag_id = %s\n    WHERE",
)
UNLINK_TARGET = """
    DELETE FROM articles_taggedarticle
    WHERE tag_id = %(target)s AND content_object_id IN (
        SELECT article_id FROM articles_movedlink
        WHERE change_id = %(change)s AND tag_id = %(target)s AND was IS NULL
    )
"""


class MovedLinkQuerySet(models.QuerySet["MovedLink"]):
    def unlink(self, change: TagChange, sources: list[int], target: int | None = None) -> None:
        """Remove these tags from their stories; a target takes their place where one is given."""
        for source in sources:
            _execute(RECORD_SOURCE, [change.pk, source])
        if target:
            _execute(RECORD_TARGET, {"change": change.pk, "target": target})
            _execute(LINK_TARGET, [change.pk])
        TaggedArticle.objects.filter(tag__in=sources).delete()

    def left_out(self, change: TagChange, target: int | None = None) -> list[int]:
        """Return the ids of stories that an undo leaves as they are: they are gone, or have lost the target since."""
        there: models.QuerySet[Any] = _all_stories().filter(pk=models.OuterRef("article_id"))
        if target:
            there = TaggedArticle.objects.filter(content_object=models.OuterRef("article_id"), tag=target)
        left = self.filter(change=change).exclude(models.Exists(there))
        return list(left.order_by("article_id").values_list("article_id", flat=True).distinct())

    def relink(self, change: TagChange, target: int | None = None) -> tuple[int, list[int]]:
        """Undo that change. Returns the number of links that came back, and the ids of stories left as they are."""
        ids = self.left_out(change, target)
        if target is None:
            return _execute(LINK_SOURCES, [change.pk]), ids
        restored = _execute(LINK_SOURCES_BESIDE, [target, change.pk])
        _execute(UNLINK_TARGET, {"change": change.pk, "target": target})
        return restored, ids


class MovedLink(models.Model):
    change = models.ForeignKey("articles.TagChange", models.CASCADE, related_name="links")
    # No foreign keys: what was moved outlives tag and story.
    article_id = models.PositiveBigIntegerField()
    tag_id = models.PositiveBigIntegerField()
    # The tag's place on the story before and after, None where it was not; equal where the story had the target.
    was = models.PositiveSmallIntegerField(null=True)
    now = models.PositiveSmallIntegerField(null=True)

    objects = MovedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("moved link")
        verbose_name_plural = _("moved links")

    def __str__(self) -> str:
        return f"{self.article_id}, {self.tag_id}: {self.was} → {self.now}"


def _all_stories() -> models.QuerySet[Any]:
    model: Any = TaggedArticle._meta.get_field("content_object").related_model
    stories: models.QuerySet[Any] = model.objects.all()
    return stories


def _execute(statement: str, parameters: Any) -> int:
    """Return how many rows the statement wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
