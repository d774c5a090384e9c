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
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.utils import timezone

from articles import clock
from articles.models import Article, ChangeLog
from newsroom.alarms import DATABASE
from newsroom.page_cache.changed_keys import ChangedKeys
from newsroom.page_cache.watchdog import cut_after

logger = logging.getLogger(__name__)

EVERY = 0.1  # seconds between two questions; a publish is seen so much later at most
TRUSTED = 0.5  # seconds an answer is good for
PATIENCE = 1.0  # seconds that a reader waits for an answer after a pause
HANGING = 2.0  # seconds without a word, after which the line is cut
RESTS_AFTER = 5.0  # seconds without a request
FORGETS = 60 * 60.0  # seconds of rest after which changes may have been pruned unseen
PRUNES_EVERY = 60 * 60.0  # seconds
COMPARES_CLOCKS_EVERY = 1.0  # seconds
SETTLES = 0.02  # seconds after a moment, in which a small correction of the clock cannot undo it
OVERLAP = datetime.timedelta(seconds=1)  # by which periods are looked at twice, for the same reason


@dataclass(frozen=True)
class Answer:
    """What is known, at one moment, and holds until the next at which a page changes by itself."""

    number: int  # how often something changed
    changed_at: float
    until: float  # the next moment at which a page changes by itself
    at: float  # when the database was asked
    shared: dict[str, Any] = field(default_factory=dict)  # what pages share until something changes


class ChangeWatcher:
    def __init__(self) -> None:
        self.changed_keys = ChangedKeys()
        self._reset()

    def _reset(self) -> None:
        self.pid = 0
        self.is_failing = False  # the database, for as long as it does not answer
        self._answer = Answer(0, -math.inf, -math.inf, -math.inf)
        self._position = ""  # in the change log
        self._looked_until = clock.now()  # for what changes by itself
        self._wanted_at = -math.inf
        self._pruned_at = time.monotonic()
        self._compared_at = -math.inf
        self._news = threading.Condition()
        self._wake = threading.Event()
        self._stopped = False

    def stop(self) -> None:
        """End the thread and its connection; the next query starts them again."""
        if self.pid == os.getpid():
            self._stopped = True
            self._wake.set()
            self._thread.join()
            self._reset()

    def answer(self, now: float) -> Answer:
        """Return what is known. While the database answers, that is no older than TRUSTED and holds at this moment."""
        if (known := self.known(now)) is not None:
            return known
        self._wait(now)
        return self._answer

    def known(self, now: float) -> Answer | None:
        """Return the same without waiting; None when the database has to be asked first."""
        if self.pid != os.getpid():
            self._start()
        self._wanted_at = now
        known = self._answer
        is_current = now - known.at <= TRUSTED and now < known.until
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

    def _wait(self, now: float) -> None:
        self._wake.set()
        with self._news:
            if not self._news.wait_for(lambda: self.is_failing or self._holds(now), PATIENCE):
                self.is_failing = True

    def _holds(self, now: float) -> bool:
        return self._answer.at >= now - EVERY and self._answer.until > now

    def _watch(self) -> None:
        """Read what changed, again and again. Only this thread writes what is known."""
        while not self._stopped:
            if time.monotonic() - self._wanted_at > RESTS_AFTER:
                connection.close()
                self._wake.wait()
            self._wake.clear()
            answer = self._ask() or self._ask_by_new_connection()
            with self._news:
                self._answer = answer or self._answer
                self.is_failing = answer is None
                self._news.notify_all()
            self._wake.wait(EVERY)
        connection.close()

    def _ask_by_new_connection(self) -> Answer | None:
        """Ask by a new connection: the old one may have been closed while nobody read."""
        connection.close()
        return self._ask()

    def _ask(self) -> Answer | None:
        """Return what changed; None when the database does not answer."""
        try:
            with cut_after(HANGING):
                return self._learn(time.monotonic())
        except Exception as error:  # noqa: BLE001  whatever it is, this thread goes on: pages hold by its word alone
            if not self.is_failing:
                said = {"kind": DATABASE}
                logger.error("The database does not say whether pages still hold: %s", error, extra=said)
            return None

    def _learn(self, now: float) -> Answer:
        known, moment = self._answer, clock.now()
        position, keys = ChangeLog.objects.changed_since("" if now - known.at > FORGETS else self._position)
        if self._clock_stepped(now) or _date(moment) != _date(self._looked_until):
            keys = None
        if keys is not None and now >= known.until:
            by_time = ChangeLog.objects.changed_by_time(self._looked_until - OVERLAP, moment)
            keys = None if by_time is None else keys | by_time
        if keys or keys is None or now >= known.until:
            until = now + (next_moment() - clock.now()).total_seconds() + SETTLES
            number = self.changed_keys.record(keys)
            answer = Answer(number, now if known.number else -math.inf, until, now)
        else:
            answer = replace(known, at=now)
        if now - self._pruned_at > PRUNES_EVERY:
            self._pruned_at = now
            ChangeLog.objects.prune()
        self._position, self._looked_until = position, moment
        return answer

    def _clock_stepped(self, now: float) -> bool:
        """Return whether pages that were made a moment ago went by another time."""
        if now - self._compared_at < COMPARES_CLOCKS_EVERY:
            return False
        self._compared_at = now
        return clock.compare_with_database()


_starting = threading.Lock()


def _date(moment: datetime.datetime) -> datetime.date:
    """Return the day that it is in the site's time zone."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def next_moment() -> datetime.datetime:
    """Return when a page changes without a save: a story begins or ends, changes go live, or a day begins."""
    midnight = datetime.datetime.combine(
        _date(clock.now()) + datetime.timedelta(days=1), datetime.time(), timezone.get_default_timezone()
    )
    return min(Article.objects.next_change() or midnight, midnight)
