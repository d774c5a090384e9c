"""An ordered place of an author on a story, with a role."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.listing import Listing


class BylineRole(models.TextChoices):
    AUTHOR = "author", _("author")
    CONTRIBUTOR = "contributor", _("with")
    PHOTOGRAPHER = "photographer", _("pictures")
    TRANSLATOR = "translator", _("translation")
    EDITOR = "editor", _("edited by")


class Byline(Listing):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.Author", models.PROTECT, related_name="bylines")
    role = models.CharField(_("role"), max_length=20, choices=BylineRole, default=BylineRole.AUTHOR)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="byline_once_a_story"),
        ]
        indexes = [
            models.Index(
                fields=["author", "status", "language", "-publish_at", "-article"],
                name="byline_author_newest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.author)
