"""An editor's word on a story's related stories: pinned to a zone, or never here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from articles.models.article_queryset import ArticleQuerySet


class RelatedChoice(models.Model):
    class Place(models.TextChoices):
        COMPACT = "compact", _("pinned among the compact teasers")
        LONG = "long", _("pinned among the long teasers")
        NEVER = "never", _("never here")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_choices")
    story = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    place = models.CharField(max_length=10, choices=Place)
    position = models.PositiveSmallIntegerField(default=0)

    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["place", "position", "pk"]
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        constraints = [
            models.UniqueConstraint(fields=["article", "story"], name="related_choice_once_a_story"),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("story")), name="related_choice_is_another_story"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.story}"

    @classmethod
    def stories(cls) -> ArticleQuerySet:
        """Return all stories, among which editors choose."""
        model: Any = cls._meta.get_field("story").related_model
        stories: ArticleQuerySet = model.objects.all()
        return stories
