"""What the public sees of the stories at an instant, what it will see, and when that changes by itself."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from articles import clock

if TYPE_CHECKING:
    from articles.models.article import Article


class Visibility(models.QuerySet["Article"]):
    def visible(self, at: datetime.datetime | None = None) -> Self:
        """Return what the public may see at this instant (now): the one door for pages, feeds, searches and teasers."""
        return self.filter(self._is_visible(at or clock.now()))

    def for_readers(self) -> Self:
        """Return the stories that the public sees now, or will see without another action at the desk."""
        is_not_over = Q(unpublish_at=None) | Q(unpublish_at__gt=clock.now())
        return self.filter(is_not_over, status=self.model.Status.PUBLISHED)

    def scheduled(self, at: datetime.datetime | None = None) -> Self:
        """Return what the public will see after this instant (now)."""
        return self._of_published_ones().filter(publish_at__gt=at or clock.now())

    def that_went_out(self, since: datetime.datetime, at: datetime.datetime | None = None) -> Self:
        """Return what the public sees at this instant (now) and did not see before `since`, by the index of times."""
        at = at or clock.now()
        is_not_over = Q(unpublish_at=None) | Q(unpublish_at__gt=at)
        return self._of_published_ones().filter(is_not_over, publish_at__gte=since, publish_at__lte=at)

    def ended(self, at: datetime.datetime | None = None) -> Self:
        """Return what the public has seen until its end, at or before this instant (now)."""
        return self._of_published_ones().filter(unpublish_at__lte=at or clock.now())

    def next_change(self, at: datetime.datetime | None = None) -> datetime.datetime | None:
        """Return when time changes a public page after this instant (now): a story begins or ends, changes go live.

        Three look-ups, each by an index.
        """
        at = at or clock.now()
        ahead: dict[str, models.QuerySet[Article]] = {
            "publish_at": self.scheduled(at),
            "unpublish_at": self.filter(unpublish_at__gt=at),
            "due_at": self.filter(due_at__gt=at),
        }
        firsts = [stories.order_by(name).values_list(name, flat=True).first() for name, stories in ahead.items()]
        return min(filter(None, firsts), default=None)

    def _is_visible(self, at: datetime.datetime) -> Q:
        is_not_over = Q(unpublish_at=None) | Q(unpublish_at__gt=at)
        return is_not_over & Q(status=self.model.Status.PUBLISHED, publish_at__lte=at)

    def _of_published_ones(self) -> Self:
        """Exclude the other states, so that SQLite without statistics enters no index by “published”: all rows are."""
        status = self.model.Status
        return self.exclude(status__in=[status.DRAFT, status.IN_REVIEW, status.WITHDRAWN])
