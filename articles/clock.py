"""The time that decides what the public may see: the database's, not this machine's.

Each process compares both clocks when it opens a connection, and while it serves readers. With SQLite, the clock of the
machine is the database's.
"""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.uncounted import execute_uncounted

TOLERATED = datetime.timedelta(seconds=2)  # between the two clocks, above which an operator is told

logger = logging.getLogger(__name__)

_offset = datetime.timedelta()  # how far the database's clock is ahead of this machine's


def now() -> datetime.datetime:
    """Return the database's time, as far as this process knows it."""
    return timezone.now() + _offset


def difference() -> datetime.timedelta:
    """Return what the database's clock is ahead of this machine's; negative when this one is fast."""
    return _offset


def describe_difference() -> str:
    """Return the difference for an operator, such as “90.0 seconds ahead of the database's”."""
    seconds = -_offset.total_seconds()
    return f"{abs(seconds):.1f} seconds {'ahead of' if seconds > 0 else 'behind'} the database's"


def is_tolerated(offset: datetime.timedelta) -> bool:
    return abs(offset) <= TOLERATED


def compare_with_database(database: Any = connection) -> None:
    """Read the clock of this database, by which `now` is corrected."""
    global _offset
    if database.vendor != "postgresql":
        return
    database.ensure_connection()
    before = _read_own_clock()
    [reading] = execute_uncounted(database, "SELECT clock_timestamp()").fetchone()
    known, _offset = _offset, correct_offset(_offset, before, reading, _read_own_clock())
    _log_difference(known)


def correct_offset(
    offset: datetime.timedelta, before: datetime.datetime, database: datetime.datetime, after: datetime.datetime
) -> datetime.timedelta:
    """Return the offset, corrected if this reading of the database's clock, between two of our own, contradicts it.

    The database read its clock at an unknown moment between the two, so the lowest of the possible offsets is taken:
    nothing is public before its time.
    """
    lowest, highest = database - after, database - before
    return offset if lowest <= offset <= highest else lowest


def compare_on_connect(connection: Any, **_kwargs: Any) -> None:
    """Compare the clocks for each new connection: a receiver of connection_created."""
    compare_with_database(connection)


def _read_own_clock() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _log_difference(known: datetime.timedelta) -> None:
    """Write a line to the log when the difference becomes too large, and when it no longer is."""
    if is_tolerated(known) and not is_tolerated(_offset):
        logger.error("The clock of this machine is %s", describe_difference())
    elif is_tolerated(_offset) and not is_tolerated(known):
        logger.warning("The clock of this machine agrees with the database's again")
