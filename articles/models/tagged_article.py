"""The place of a tag on a story, in the order that the editor chose."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from articles.models.listing import Listing
from articles.sql.postings import postings


class TaggedArticleQuerySet(models.QuerySet["TaggedArticle"]):
    def newest_with(self, tags: list[int], language: str) -> list[tuple[Any, ...]]:
        """Return (tag id, story id) of each tag's newest published stories. One query, an index range a tag."""
        order = "publish_at DESC, content_object_id DESC"
        table, columns = "articles_taggedarticle", "tag_id, content_object_id"
        return postings(table, columns, order, tags, language, "status = 'published'")


class TaggedArticle(Listing, ItemBase):  # type: ignore[misc]  # taggit publishes no types
    # taggit's manager looks for a foreign key of this name.
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="taggings")
    tag = models.ForeignKey("articles.Tag", models.CASCADE, related_name="taggings")
    position = models.PositiveSmallIntegerField(default=0)

    objects = TaggedArticleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("tag on a story")
        verbose_name_plural = _("tags on stories")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_a_story"),
        ]
        indexes = [
            models.Index(
                fields=["tag", "status", "language", "-publish_at", "-content_object"],
                name="tagging_tag_newest",
            ),
            # The desk's list of tags: last use and stories a month, in whatever language
            models.Index(fields=["tag", "status", "-publish_at"], name="tagging_tag_uses"),
        ]

    def __str__(self) -> str:
        return str(self.tag)
