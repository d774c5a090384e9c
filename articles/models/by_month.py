"""Stories by the calendar: those of a year or a month of the site's time zone, and which months have any."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.db import connection
from django.db.models import DateTimeField
from django.db.models.expressions import RawSQL

from articles.models.visibility import Visibility
from articles.sql.subqueries import sql_of
from articles.time_zones import newsroom_day, start_of_day

MIN_TIME, MAX_TIME = (edge.replace(tzinfo=datetime.UTC) for edge in (datetime.datetime.min, datetime.datetime.max))
# The months among many that have a story: one look at an index for each.
MONTHS_WITH_STORIES = """
    WITH months (number, start, after) AS (VALUES {months})
    SELECT number FROM months WHERE EXISTS ({stories}) ORDER BY number DESC"""
MONTHS_PER_QUERY = 1_000


class ByMonth(Visibility):
    def published_between(self, start: Any, end: Any) -> Self:
        """Return the stories published from `start` on and before `end`.

        The period comes first in the query: of two upper bounds, SQLite enters its index by the first.
        """
        return self.model.objects.filter(publish_at__gte=start, publish_at__lt=end) & self  # type: ignore[return-value]

    def in_year(self, year: int) -> Self:
        """Return the stories published in this year of the site's time zone."""
        return self.published_between(_start(year * 12), _start(year * 12 + 12))

    def months(self) -> list[datetime.date]:
        """Return the first day of every month of the site's time zone that has one of these stories, newest first.

        One look at an index for each month between the oldest and the newest, however many stories there are.
        """
        times = self.values_list("publish_at", flat=True)
        oldest, newest = times.order_by("publish_at").first(), times.order_by("-publish_at").first()
        if oldest is None or newest is None:
            return []
        first, last = _number(oldest), _number(newest)
        starts = range(last, first - 1, -MONTHS_PER_QUERY)
        return [
            month
            for start in starts
            for month in self._filled(range(max(first, start - MONTHS_PER_QUERY + 1), start + 1))
        ]

    def _filled(self, numbers: range) -> list[datetime.date]:
        """Return which of these months have one of these stories, newest first."""
        own = self.published_between(RawSQL("months.start", ()), RawSQL("months.after", ()))
        stories, given = sql_of(own.order_by().values("pk"))
        months = [value for n in numbers for value in (n, _adapted_start(n), _adapted_start(n + 1))]
        with connection.cursor() as cursor:
            rows = ", ".join(["(%s, %s, %s)"] * len(numbers))
            cursor.execute(MONTHS_WITH_STORIES.format(months=rows, stories=stories), [*months, *given])
            return [datetime.date(number // 12, number % 12 + 1, 1) for (number,) in cursor.fetchall()]

    def months_around(
        self, first: datetime.date, last: datetime.date
    ) -> tuple[datetime.date | None, datetime.date | None]:
        """Return the first day of the nearest months with one of these stories before `first` and after `last`."""
        before = self.published_between(MIN_TIME, _start(first.year * 12 + first.month - 1))
        after = self.published_between(_start(last.year * 12 + last.month), MAX_TIME)
        earlier = before.order_by("-publish_at").values_list("publish_at", flat=True).first()
        later = after.order_by("publish_at").values_list("publish_at", flat=True).first()
        return earlier and newsroom_day(earlier).replace(day=1), later and newsroom_day(later).replace(day=1)


def bounds_of(year: int, month: int) -> tuple[datetime.datetime, datetime.datetime]:
    """Return when a month of the site's time zone begins and ends."""
    number = year * 12 + month - 1
    return _start(number), _start(number + 1)


def _number(moment: datetime.datetime) -> int:
    """Return the number of its month, counted from the year 0."""
    day = newsroom_day(moment)
    return day.year * 12 + day.month - 1


def _adapted_start(month: int) -> Any:
    """Return the start of a month as the database takes it."""
    return DateTimeField().get_db_prep_value(_start(month), connection)


def _start(month: int) -> datetime.datetime:
    """Return the first instant of a month in the site's time zone, or the edge of the calendar for one beyond it."""
    year, place = divmod(month, 12)
    if year > datetime.MAXYEAR:
        return MAX_TIME
    return start_of_day(datetime.date(year, place + 1, 1))
