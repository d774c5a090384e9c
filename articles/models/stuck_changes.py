"""Scheduled changes that could not go live at their time: why, since when, and how often it was tried.

One such story must never take other pages along: what fails is undone and marked here, the story keeps its last good
state, and the changes are tried again, at growing intervals and as soon as somebody saves the story.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.dispatch import Signal

from articles import clock
from articles.failures import MAX_DESCRIPTION_LENGTH, are_alike, describe_error

if TYPE_CHECKING:
    from articles.models.revision import Revision

FIRST_RETRY = 15  # seconds
LONGEST_RETRY = 60 * 60  # seconds
RETRY_FACTOR = 4  # each wait is this many times as long as the one before

# Sent with `mark` and `story_id`, in the transaction that stores it, when changes are stuck for a reason that is new.
changes_stuck = Signal()


class StuckChangesQuerySet(models.QuerySet["StuckChanges"]):
    def mark(self, revision_id: int, error: Exception) -> tuple[StuckChanges, bool]:
        """Mark these changes as stuck. Returns the mark, and whether it says anything new."""
        mark, _created = self.get_or_create(revision_id=revision_id, defaults={"since": clock.now()})
        reason = reason_of(error)
        is_news = not are_alike(reason, mark.reason)
        mark.reason, mark.attempts = reason, mark.attempts + 1
        mark.save(update_fields=["reason", "attempts"])
        return mark, is_news


class StuckChanges(models.Model):
    revision: models.OneToOneField[Revision, Revision] = models.OneToOneField(
        "articles.Revision", models.CASCADE, primary_key=True, related_name="stuck"
    )
    since = models.DateTimeField()
    reason = models.TextField()
    attempts = models.PositiveIntegerField(default=0)

    objects = StuckChangesQuerySet.as_manager()

    class Meta:
        verbose_name = "stuck changes"
        verbose_name_plural = "stuck changes"

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.reason[:80]}"

    @property
    def retry_after(self) -> datetime.timedelta:
        return datetime.timedelta(seconds=retry_seconds(self.attempts))


def retry_seconds(attempts: int) -> int:
    """Return how long to wait after this number of attempts.

    >>> [retry_seconds(attempts) for attempts in (1, 2, 3, 4, 5, 6, 1000)]
    [15, 60, 240, 960, 3600, 3600, 3600]
    """
    growth: int = RETRY_FACTOR ** min(attempts - 1, 10)
    return min(LONGEST_RETRY, FIRST_RETRY * growth)


def reason_of(error: Exception) -> str:
    """Return the newsroom's own sentence where there is one, else what the program says, with the kind of error."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)[:MAX_DESCRIPTION_LENGTH]
    return describe_error(error)
