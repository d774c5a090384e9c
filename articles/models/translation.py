"""What a story was translated from, and the version of the original that its text says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models.content import Content
from articles.models.revision import Revision

if TYPE_CHECKING:
    from articles.users import User


class TranslationQuerySet(models.QuerySet["Translation"]):
    def changed(self) -> TranslationQuerySet:
        """Return those whose original got or lost words since the version that is taken in."""
        later = Revision.objects.saved().filter(article=OuterRef("original"), version__gt=OuterRef("version"))
        return self.filter(Exists(later.filter(Q(words_added__gt=0) | Q(words_removed__gt=0))))


class Translation(models.Model):
    """A row for a story that was begun as a translation; a story that was joined to another one later has none."""

    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="translation")
    original = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()  # of the original, whose changes until then are taken in
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    taken_in_at = models.DateTimeField(null=True)  # None: nothing was taken in since the translation began

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.original_id}, {self.version}"

    @property
    def content_taken_in(self) -> Content | None:
        """Return what the original said in the version that is taken in; None where its history does not tell."""
        if self.original.version == self.version:
            return self.original.newest_content
        versions = Revision.objects.saved().filter(article=self.original_id, version__lte=self.version)
        revision = versions.newest_first().select_related("article").first()
        return revision.content if revision else None

    def take_in(self, version: int, by: User | None) -> bool:
        """Record that the text says what the original said in this version; False where that was known already."""
        current = type(self).objects.filter(pk=self.pk, version__lt=version, original__version__gte=version)
        taken = {"version": version, "taken_in_by": by, "taken_in_at": clock.now()}
        return bool(current.update(**taken))
