"""What one person is told of an event."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles import clock
from articles.models import Article
from newsroom.models.story_event import StoryEvent
from newsroom.models.user import User

MOST_COUNTED = 100  # unread notices


class NoticeQuerySet(models.QuerySet["Notice"]):
    def shown_to(self, person: User) -> NoticeQuerySet:
        """Return the notices of this person about stories that they may open now, the newest first."""
        stories = Article.objects.seen_by(person).order_by().filter(pk=OuterRef("event__story"))
        return self.filter(Exists(stories), person=person).order_by("-pk")

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def count_unread(self, person: User) -> int:
        """Return how many notices this person has not read, MOST_COUNTED for more. One query."""
        return len(self.shown_to(person).unread().values_list("pk", flat=True)[:MOST_COUNTED])

    def mark_read(self) -> int:
        return self.unread().update(read_at=clock.now())


class Notice(models.Model):
    event = models.ForeignKey(StoryEvent, models.CASCADE, related_name="notices", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "notice"
        verbose_name_plural = "notices"
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="notice_once_a_person")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_newest"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.event_id}"
