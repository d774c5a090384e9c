"""Two tags that look alike and are not the same: somebody said so, and nobody is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models.tag import Tag

if TYPE_CHECKING:
    from articles.users import User


class DistinctTagsQuerySet(models.QuerySet["DistinctTags"]):
    def remember(self, one: Tag, other: Tag, by: User | None) -> DistinctTags:
        """Remember that these two tags are not the same, and who said so first."""
        first, second = sorted([one, other], key=lambda tag: tag.pk)
        return self.get_or_create(first=first, second=second, defaults={"by": by})[0]

    def pairs(self) -> set[tuple[int, int]]:
        """Return pairs of ids, the lower first."""
        return set(self.values_list("first", "second"))


class DistinctTags(models.Model):
    first = models.ForeignKey(Tag, models.CASCADE, related_name="+", verbose_name=_("tag"))
    second = models.ForeignKey(Tag, models.CASCADE, related_name="+", verbose_name=_("other tag"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = DistinctTagsQuerySet.as_manager()

    class Meta:
        verbose_name = _("tags that are not the same")
        verbose_name_plural = _("tags that are not the same")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_tags_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="distinct_tags_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
