"""Who has a story's form open: seen by colleagues, locking nobody out."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Value, When

from articles import clock

if TYPE_CHECKING:
    from articles.users import User

ABSENT_AFTER = datetime.timedelta(seconds=60)  # without a sign of life


class PresenceQuerySet(models.QuerySet["Presence"]):
    def present(self) -> PresenceQuerySet:
        """Return who gave a sign of life lately, in the order in which they came."""
        return self.filter(seen_at__gt=clock.now() - ABSENT_AFTER).order_by("since", "pk")

    def record(self, story_id: int, user: User, *, unsaved: bool) -> None:
        """Record that this person has the form open, with or without unsaved changes. One query, two the first time."""
        now = clock.now()
        since = Case(When(seen_at__lte=now - ABSENT_AFTER, then=Value(now)), default=F("since"))
        mine = self.filter(article_id=story_id, user=user)
        if not mine.update(seen_at=now, unsaved=unsaved, since=since):
            self.create(article_id=story_id, user=user, unsaved=unsaved, seen_at=now, since=now)

    def take_over(self, story_id: int, by: User | None) -> None:
        """Take the form over from all others who have it open; their forms say so as long as they stay open."""
        present = self.filter(article_id=story_id)
        present.exclude(user=by).update(taken_by=by)
        present.filter(user=by).update(taken_by=None)


class Presence(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="presences", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    unsaved = models.BooleanField(default=False)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "presence"
        verbose_name_plural = "presences"
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="presence_one_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.article_id}"
