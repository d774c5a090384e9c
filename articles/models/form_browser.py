"""A browser in which somebody opened a story's form: until they sign out there, their late text is saved by itself."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models

from articles import clock

LIFETIME = datetime.timedelta(days=14)


class FormBrowserQuerySet(models.QuerySet["FormBrowser"]):
    def alive(self) -> FormBrowserQuerySet:
        return self.filter(made_at__gt=clock.now() - LIFETIME)

    def ended(self) -> FormBrowserQuerySet:
        return self.filter(made_at__lte=clock.now() - LIFETIME)


class FormBrowser(models.Model):
    """A browser, known by the id in its signed cookie; without the row, the cookie proves nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, db_index=True)

    objects = FormBrowserQuerySet.as_manager()

    class Meta:
        verbose_name = "browser of a form"
        verbose_name_plural = "browsers of forms"

    def __str__(self) -> str:
        return f"{self.user_id}: {self.made_at}"
