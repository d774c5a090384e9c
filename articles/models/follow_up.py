"""Work that follows a save and takes time: kept as a row until it is done, so that no death of a process loses it.

The row is written in the transaction of the save. Whoever is free does the work afterwards: this process at once, a
thread of a running server (newsroom/follow_ups.py), or the next one that starts. Work may be done more than once, so
it has to be idempotent; what fails is tried again later and stops nothing else.
"""

from __future__ import annotations

import datetime
import logging
import uuid
from collections.abc import Callable, Iterable

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.dispatch import Signal

from articles import clock
from articles.failures import are_alike, describe_error

logger = logging.getLogger(__name__)

CLAIM_DURATION = datetime.timedelta(minutes=1)  # after which somebody else may take what a worker left undone
LONGEST_WAIT = 60 * 60  # seconds between two tries
CLAIM_SIZE = 10  # rows that a worker takes

# Sent when work waits. A receiver that returns True does it soon, so that the request need not wait for it.
work_waits = Signal()

# Does the work of a kind for a key, and returns whether all of it is done.
FollowUpFunction = Callable[["FollowUp"], bool]
workers: dict[str, FollowUpFunction] = {}


def works_on(kind: str) -> Callable[[FollowUpFunction], FollowUpFunction]:
    """Register the function that does the work of this kind."""

    def register(worker: FollowUpFunction) -> FollowUpFunction:
        workers[kind] = worker
        return worker

    return register


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def request(
        self, kind: str, keys: Iterable[object], *, after: datetime.timedelta = datetime.timedelta()
    ) -> FollowUpQuerySet:
        """Request this work for each of these keys, also when it is being done at this moment. One query.

        Returns the rows of this request, without those that were requested again since.
        """
        token, due_at = uuid.uuid4(), clock.now() + after
        rows = [self.model(kind=kind, key=str(key), due_at=due_at, token=token) for key in keys]
        fields = ["due_at", "token", "attempts", "error"]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["kind", "key"], update_fields=fields)
        return self.filter(token=token)

    def request_missing(self, kind: str, keys: Iterable[object]) -> FollowUpQuerySet:
        """Request this work for the keys for which it is not requested yet, and return their rows. One query."""
        token, due_at = uuid.uuid4(), clock.now()
        rows = [self.model(kind=kind, key=str(key), due_at=due_at, token=token) for key in keys]
        self.bulk_create(rows, ignore_conflicts=True)
        return self.filter(token=token)

    def request_on_commit(self, kind: str, key: object) -> None:
        """Request this work, and begin it after the commit: in a worker of this process, else in this thread."""
        self.request(kind, [key])

        def begin() -> None:  # by its name Django logs a failure
            if not any(response is True for _receiver, response in work_waits.send_robust(type(self))):
                FollowUp.objects.filter(kind=kind, key=str(key)).work_off()

        transaction.on_commit(begin, robust=True)

    def due(self) -> FollowUpQuerySet:
        """Return the work that is due and not in progress, the oldest first."""
        now = clock.now()
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        return self.filter(free, due_at__lte=now).order_by("due_at", "pk")

    def claim(self, limit: int = CLAIM_SIZE) -> list[FollowUp]:
        """Claim up to `limit` rows that are due, the oldest first: no other worker gets them for a while."""
        if not self.due().exists():  # asked without a transaction, which would wait for every writer of SQLite
            return []
        with transaction.atomic():
            due = self.due()
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            rows = list(due[:limit])
            FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(
                claimed_until=clock.now() + CLAIM_DURATION, attempts=F("attempts") + 1
            )
        for row in rows:
            row.attempts += 1
        return rows

    def work_off(self, at_a_time: int = CLAIM_SIZE) -> int:
        """Do all work that is due, and return how much of it was done. What takes long is claimed by fewer rows."""
        done = 0
        while rows := self.claim(at_a_time):
            done += sum(row.work() for row in rows)
        return done


class FollowUp(models.Model):
    # Those of this app; the project has kinds of its own, beside the functions that do their work.
    class Kind(models.TextChoices):
        RELATED = "related"  # the key is the id of a story
        ARCHIVE = "archive"  # the key is the id below which stories of a bulk load have no related ones yet
        FILES = "files"  # the key is the folder of a picture's copies
        COPIES = "copies"  # the key is the id of a picture
        TRASH = "trash"  # the key is the id of an entry of the trash

    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    token = models.UUIDField(default=uuid.uuid4)  # of the request; another one when it was requested again
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)  # of the last attempt

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "follow-up"
        verbose_name_plural = "follow-ups"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="follow_up_once")]
        indexes = [models.Index(fields=["due_at"], name="follow_up_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def work(self) -> bool:
        """Do the work, and return whether it is done. What fails is logged once and tried again later."""
        try:
            is_done = workers[self.kind](self)
        except Exception as error:  # noqa: BLE001 - no error of one row may stop the others
            self._postpone(describe_error(error), error)
            return False
        if is_done:
            self._finish()
        else:
            self._postpone("")
        return is_done

    def _finish(self) -> None:
        mine = FollowUp.objects.filter(pk=self.pk)
        if not mine.filter(token=self.token).delete()[0]:
            mine.update(claimed_until=None)  # requested again meanwhile

    def _postpone(self, error: str, exception: Exception | None = None) -> None:
        """Plan the next try, after 1, 2, 4 … seconds."""
        if exception and not are_alike(error, self.error):
            logger.error("What follows a save failed: %s", self, exc_info=exception)
        wait = datetime.timedelta(seconds=min(LONGEST_WAIT, 2 ** min(self.attempts - 1, 20)))
        mine = FollowUp.objects.filter(pk=self.pk)
        mine.filter(token=self.token).update(due_at=clock.now() + wait, error=error)
        mine.update(claimed_until=None)
