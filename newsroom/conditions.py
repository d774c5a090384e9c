"""The conditions of a running site that /health/ reports, each by a name.

A red condition needs somebody at once, a yellow one soon. Strangers may read the name; the log alone has the detail.
To add a condition, write a function that examines it by one cheap query at most, and put it into EXAMINATIONS.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import Error, connection

from articles import clock
from articles.models import Article, FollowUp
from articles.triggers import missing_triggers
from newsroom.alarms import DATABASE
from newsroom.connection import query_with_reconnect
from newsroom.pooling import lacks_query_limit
from newsroom.visitor import addresses_are_unknown

ConditionLevel = Literal["yellow", "red"]
Examination = Callable[[], "HealthCondition | None"]
MAX_STUCK_STORIES_NAMED = 5  # stories in a detail
LATE_AFTER = datetime.timedelta(minutes=15)


@dataclass(frozen=True)
class HealthCondition:
    name: str
    level: ConditionLevel
    detail: str


def find_missing_triggers() -> HealthCondition | None:
    """Report missing triggers: stored pages do not follow changes then, and the search misses new stories."""
    missing = missing_triggers()
    if not missing:
        return None
    return HealthCondition("triggers", "red", f"The database lacks {', '.join(missing)}: run manage.py migrate.")


def find_clock_difference() -> HealthCondition | None:
    """Report a wrong clock: the site uses the database's, but one of the two machines has lost the right time."""
    clock.compare_with_database()
    if clock.is_tolerated(clock.difference()):
        return None
    return HealthCondition(
        "clock", "yellow", f"The clock of this machine is {clock.describe_difference()}: check its time service."
    )


def find_missing_query_limit() -> HealthCondition | None:
    """Report a missing limit behind a pooler, which `migrate` sets: a few slow queries may hold all connections."""
    if not lacks_query_limit():
        return None
    hint = "run manage.py migrate, then RECONNECT in the pooler's console"
    return HealthCondition(
        "query-limit", "yellow", f"STATEMENT_TIMEOUT does not reach PostgreSQL through the pooler: {hint}."
    )


def find_stuck_changes() -> HealthCondition | None:
    """Report stories that readers see as they were although the time of their changes has come."""
    stuck = list(Article.objects.stuck().values_list("pk", flat=True)[:MAX_STUCK_STORIES_NAMED])
    if not stuck:
        return None
    return HealthCondition(
        "stuck-changes", "red", f"Scheduled changes could not go live: stories {', '.join(map(str, stuck))}."
    )


def find_late_follow_ups() -> HealthCondition | None:
    """Report that the work after saves is not done, as when the worker of every process fails."""
    oldest = FollowUp.objects.filter(due_at__lt=clock.now() - LATE_AFTER).order_by("due_at").first()
    if oldest is None:
        return None
    return HealthCondition(
        "follow-ups", "yellow", f"Due since {oldest.due_at:%d %B, %H:%M} UTC: {oldest} {oldest.error}"
    )


def find_unknown_addresses() -> HealthCondition | None:
    """Report sign-ins without an address: what slows the guessing of passwords cannot count by address then."""
    if not addresses_are_unknown():
        return None
    hint = "have the web server set X-Forwarded-For, or correct PROXY_COUNT"
    return HealthCondition(
        "addresses", "yellow", f"Within the last hour somebody signed in from an unknown address: {hint}."
    )


EXAMINATIONS: list[Examination] = [
    find_missing_triggers,
    find_clock_difference,
    find_missing_query_limit,
    find_stuck_changes,
    find_late_follow_ups,
    find_unknown_addresses,
]


def examine_site() -> list[HealthCondition]:
    """Return the conditions that hold now; when the database does not answer, that one alone."""
    try:
        query_with_reconnect(_ask_database)
        return [condition for examine in EXAMINATIONS if (condition := examine())]
    except Error as error:
        return [HealthCondition(DATABASE, "red", f"The database does not answer: {error}")]


def _ask_database() -> None:
    """Query a real table: a server that is still starting may answer other queries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
