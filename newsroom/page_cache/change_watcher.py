"""Which stored pages are still true: a thread in each process reads the change log, many times a second.

It begins with the first request, rests while nobody reads, and never makes a reader wait for a database that does not
answer. Times are monotonic seconds, of time.monotonic().
"""

from __future__ import annotations

import datetime
import logging
import math
import os
import threading
import time
from dataclasses import dataclass, replace

from django.db import connection

from articles import clock
from articles.models import Article, ChangeLog
from articles.time_zones import newsroom_day, start_of_day
from newsroom.alarms import DATABASE
from newsroom.page_cache.changed_keys import ChangedKeys
from newsroom.page_cache.watchdog import shut_down_connections_after

logger = logging.getLogger(__name__)

POLL_INTERVAL_SECONDS = 0.1  # between two reads of the change log: a publication is seen this much later at most
SNAPSHOT_LIFETIME_SECONDS = 0.5  # for which pages are sent by one snapshot
SNAPSHOT_TIMEOUT_SECONDS = 1.0  # that a reader waits for a snapshot after an idle time
DATABASE_TIMEOUT_SECONDS = 2.0  # without an answer, after which connections are shut down
IDLE_AFTER_SECONDS = 5.0  # without a request
LOG_LIFETIME_SECONDS = 60 * 60.0  # without a read, after which changes may have been pruned unseen
PRUNE_INTERVAL_SECONDS = 60 * 60.0
CLOCK_COMPARISON_INTERVAL_SECONDS = 1.0
# A correction of the clock by less makes no page be looked at again, so a moment counts as passed this much later.
CLOCK_CORRECTION = datetime.timedelta(milliseconds=20)
PERIOD_OVERLAP = datetime.timedelta(seconds=1)  # by which periods are read twice, for the same reason


@dataclass(frozen=True)
class Snapshot:
    """What this process knows of the change log at one moment.

    It is valid until the next moment at which a page changes without a save.
    """

    number: int  # of the last change
    changed_at: float
    valid_until: float  # the next moment at which a page changes without a save
    read_at: float


class ChangeWatcher:
    def __init__(self) -> None:
        self.changed_keys = ChangedKeys()
        self._reset()

    def _reset(self) -> None:
        self.pid = 0
        self.is_failing = False  # whether the database does not answer
        self._snapshot = Snapshot(0, -math.inf, -math.inf, -math.inf)
        self._position = ""  # in the change log
        self._checked_until = clock.now()  # for what changes without a save
        self._requested_at = -math.inf
        self._pruned_at = time.monotonic()
        self._compared_at = -math.inf
        self._clock_offset = clock.difference()  # by which the next moment was worked out
        self._updated = threading.Condition()
        self._wake = threading.Event()
        self._stopped = False

    def stop(self) -> None:
        """End the thread and its connection; the next query starts them again."""
        if self.pid == os.getpid():
            self._stopped = True
            self._wake.set()
            self._thread.join()
            self._reset()

    def get_snapshot(self, now: float) -> Snapshot:
        """Return the newest snapshot, after a wait if it has to be read first.

        While the database answers, it is no older than SNAPSHOT_LIFETIME_SECONDS and valid at this moment.
        """
        if (known := self.peek_snapshot(now)) is not None:
            return known
        self._wait_for_snapshot(now)
        return self._snapshot

    def peek_snapshot(self, now: float) -> Snapshot | None:
        """Return the same without waiting; None when it has to be read first."""
        if self.pid != os.getpid():
            self._start()
        self._requested_at = now
        known = self._snapshot
        is_current = now - known.read_at <= SNAPSHOT_LIFETIME_SECONDS and now < known.valid_until
        if is_current or self.is_failing:
            return known
        self._wake.set()
        return None

    def _start(self) -> None:
        """Start the thread, also in a process that was forked from one which watched: threads stay behind."""
        with _starting:
            if self.pid != os.getpid():
                self._reset()
                self._thread = threading.Thread(target=self._watch, name="page-cache-watch", daemon=True)
                self._thread.start()
                self.pid = os.getpid()

    def _wait_for_snapshot(self, now: float) -> None:
        self._wake.set()
        with self._updated:
            if not self._updated.wait_for(lambda: self.is_failing or self._is_new(now), SNAPSHOT_TIMEOUT_SECONDS):
                self.is_failing = True

    def _is_new(self, now: float) -> bool:
        return self._snapshot.read_at >= now - POLL_INTERVAL_SECONDS and self._snapshot.valid_until > now

    def _watch(self) -> None:
        """Read what changed, again and again. Only this thread stores snapshots."""
        while not self._stopped:
            if time.monotonic() - self._requested_at > IDLE_AFTER_SECONDS:
                connection.close()
                self._wake.wait()
            self._wake.clear()
            snapshot = self._try_to_read() or self._read_by_new_connection()
            with self._updated:
                self._snapshot = snapshot or self._snapshot
                self.is_failing = snapshot is None
                self._updated.notify_all()
            self._wake.wait(POLL_INTERVAL_SECONDS)
        connection.close()

    def _read_by_new_connection(self) -> Snapshot | None:
        """Read by a new connection: the server may have closed the old one while nobody read."""
        connection.close()
        return self._try_to_read()

    def _try_to_read(self) -> Snapshot | None:
        """Return a new snapshot; None when the database does not answer."""
        try:
            with shut_down_connections_after(DATABASE_TIMEOUT_SECONDS):
                self._compare_clocks(time.monotonic())
                return self._read_change_log(time.monotonic())
        except Exception as error:  # noqa: BLE001 - no error may end this thread: no page is sent without it
            if not self.is_failing:
                said = {"kind": DATABASE}
                logger.error("The database does not say whether pages still hold: %s", error, extra=said)
            return None

    def _read_change_log(self, now: float) -> Snapshot:
        known, moment, offset = self._snapshot, clock.now(), clock.difference()
        is_complete = now - known.read_at <= LOG_LIFETIME_SECONDS
        position, keys = ChangeLog.objects.changed_since(self._position if is_complete else "")
        clock_stepped = abs(offset - self._clock_offset) > CLOCK_CORRECTION
        if clock_stepped or newsroom_day(moment) != newsroom_day(self._checked_until):
            keys = None
        if keys is not None and now >= known.valid_until:
            by_time = ChangeLog.objects.changed_by_time(self._checked_until - PERIOD_OVERLAP, moment)
            keys = None if by_time is None else keys | by_time
        if keys or keys is None or now >= known.valid_until:
            # From the moment that was checked, not from a later one: what begins between the two would be missed.
            valid_until = now + (next_moment(moment) - moment + CLOCK_CORRECTION).total_seconds()
            self._clock_offset = offset
            number = self.changed_keys.record(keys)
            snapshot = Snapshot(number, now if known.number else -math.inf, valid_until, now)
        else:
            snapshot = replace(known, read_at=now)
        if now - self._pruned_at > PRUNE_INTERVAL_SECONDS:
            self._pruned_at = now
            ChangeLog.objects.prune()
        self._position, self._checked_until = position, moment
        return snapshot

    def _compare_clocks(self, now: float) -> None:
        """Read the database's clock from time to time. Any new connection of the process does so too."""
        if now - self._compared_at >= CLOCK_COMPARISON_INTERVAL_SECONDS:
            self._compared_at = now
            clock.compare_with_database()


_starting = threading.Lock()


def next_moment(after: datetime.datetime) -> datetime.datetime:
    """Return when a page next changes without a save: a story begins or ends, changes go live, or a day begins."""
    midnight = start_of_day(newsroom_day(after) + datetime.timedelta(days=1))
    return min(Article.objects.next_change(after) or midnight, midnight)
