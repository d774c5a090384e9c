"""What one person is told of an event: by the bell, by mail or both."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Exists, Min, OuterRef, Q

from articles import clock
from articles.models import Article, FollowUp
from newsroom.models.story_event import StoryEvent
from newsroom.models.user import User

MAILING = "mail"  # the kind of follow-up; the key is the id of a person
MOST_COUNTED = 100  # unread notices
MAIL_WAITS = datetime.timedelta(minutes=5)  # for further notices, which go into the same mail
MAILED_FOR = datetime.timedelta(days=2)  # after the event; then nobody wants the mail any more


class NoticeQuerySet(models.QuerySet["Notice"]):
    def that_may_be_opened(self, person: User) -> NoticeQuerySet:
        """Return the notices of this person about stories that they may open now."""
        stories = Article.objects.seen_by(person).order_by().filter(pk=OuterRef("event__story"))
        return self.filter(Exists(stories), person=person)

    def shown_to(self, person: User) -> NoticeQuerySet:
        """Return what the bell tells this person, the newest first."""
        return self.that_may_be_opened(person).filter(in_bell=True).order_by("-pk")

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def count_unread(self, person: User) -> int:
        """Return how many notices this person has not read, MOST_COUNTED for more. One query."""
        return len(self.shown_to(person).unread().values_list("pk", flat=True)[:MOST_COUNTED])

    def mark_read(self) -> int:
        return self.unread().update(read_at=clock.now())

    def waiting_for_mail(self) -> NoticeQuerySet:
        """Return what is to be mailed and was not yet, the oldest first."""
        return self.filter(by_mail=True, mailed_at=None, event__at__gt=clock.now() - MAILED_FOR).order_by("pk")

    def request_mail(self, people: Collection[int]) -> None:
        """Let a mail be sent to each of these people, by their ids, some minutes after the first event that waits."""
        waiting = self.waiting_for_mail().filter(person__in=people).order_by()
        for person, first in waiting.values_list("person").annotate(Min("event__at")):
            FollowUp.objects.request(MAILING, [person], after=first + MAIL_WAITS - clock.now())


class Notice(models.Model):
    event = models.ForeignKey(StoryEvent, models.CASCADE, related_name="notices", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    in_bell = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False)
    mail = models.UUIDField(null=True)  # the mail that tells it, which keeps this name when it is sent again
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "notice"
        verbose_name_plural = "notices"
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="notice_once_a_person")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_newest"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["person"], name="notice_unmailed", condition=Q(by_mail=True, mailed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.event_id}"
