"""What must follow when the public view of a story changes: one row an event, kept until every receiver has done it.

Rows are written in the transaction of the verb, so none is lost and none is for something that did not happen. Those
of the future (a scheduled publication, an end, changes that are due) wait for their time and are planned anew by every
verb. `articles/outbox.py` hands them out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.db.models import F, Q

from articles import clock

if TYPE_CHECKING:
    from articles.models.publication import Publication

CLAIM = datetime.timedelta(minutes=5)  # after which another worker may take what one left undone


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    def announce(self, story: Publication, event: str = "") -> None:
        """Something happened to the public view of this story, or is planned; both as the story stands now."""
        now = clock.now()
        self.filter(article_id=story.pk, done_at=None, due_at__gt=now).delete()
        planned = {event: now} if event else {}
        self.bulk_create(
            [
                self.model(article_id=story.pk, event=name, version=story.version, due_at=at)
                for name, at in [*planned.items(), *_future(story, now)]
            ],
            ignore_conflicts=True,
        )

    def announce_again(self, story: Publication, event: str) -> None:
        """What was announced for a time at which it did not happen has happened now."""
        entries = self.filter(article_id=story.pk, event=event, version=story.version)
        entries.update(due_at=clock.now(), done_at=None, claimed_until=None)

    def claim(self, limit: int = 20) -> list[OutboxEntry]:
        """Up to `limit` entries that are due, the oldest first; no other worker gets them for a while."""
        now = clock.now()
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        with transaction.atomic():
            due = self.filter(free, done_at=None, due_at__lte=now).order_by("due_at", "pk")
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            entries: list[OutboxEntry] = list(due[:limit])
            self.filter(pk__in=[entry.pk for entry in entries]).update(
                claimed_until=now + CLAIM, attempts=F("attempts") + 1
            )
        for entry in entries:
            entry.attempts += 1
        return entries


class OutboxEntry(models.Model):
    class Event(models.TextChoices):
        PUBLISHED = "published"
        CHANGED = "changed"
        WITHDRAWN = "withdrawn"
        ENDED = "ended"

    article_id = models.PositiveBigIntegerField()  # no foreign key: what was announced outlives its story
    event = models.CharField(max_length=20, choices=Event)
    version = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)  # of the last attempt
    done_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "outbox entry"
        verbose_name_plural = "outbox entries"
        constraints = [
            models.UniqueConstraint(fields=["article_id", "event", "version"], name="outbox_once_a_version"),
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="outbox_due", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.event} {self.article_id}, {self.version}"

    def finish(self) -> None:
        type(self).objects.filter(pk=self.pk).update(done_at=clock.now(), error="")

    def postpone(self, error: str) -> None:
        """It failed: again in 1, 2, 4 … minutes, at most in an hour."""
        wait = datetime.timedelta(minutes=min(60, 2 ** (self.attempts - 1)))
        type(self).objects.filter(pk=self.pk).update(claimed_until=clock.now() + wait, error=error[:2000])


def _future(story: Publication, now: datetime.datetime) -> Iterator[tuple[str, datetime.datetime]]:
    """(event, time) of what will happen to the public view of this story by itself."""
    if story.status != "published":
        return
    if story.publish_at and story.publish_at > now:
        yield OutboxEntry.Event.PUBLISHED, story.publish_at
    if story.due_at and story.due_at > now:
        yield OutboxEntry.Event.CHANGED, story.due_at
    if story.unpublish_at and story.unpublish_at > now:
        yield OutboxEntry.Event.ENDED, story.unpublish_at
