"""Which opening of a story's form has been saved: a second click saves nothing more, and the back button goes on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from articles import clock


class SavedForm(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)  # of the form: each opening of it has its own
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()  # that it became: what is typed on in it begins with this one
    posted = models.CharField(max_length=64)  # SHA-256 of all that was sent, the button included
    saved_at = models.DateTimeField(default=clock.now, db_index=True)

    objects: models.Manager[SavedForm] = models.Manager()

    class Meta:
        verbose_name = "saved form"
        verbose_name_plural = "saved forms"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="saved_form_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.article_id}, {self.version}"

    def record_save(self, version: int, posted: str) -> None:
        """Record that it was saved once more, after the back button."""
        fields: dict[str, Any] = {"version": version, "posted": posted, "saved_at": clock.now()}
        type(self).objects.filter(pk=self.pk).update(**fields)
