"""Threads of a process, a few for each kind of work, so that no kind of work waits for another's."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


class TooManyWaiting(Exception):
    """Says that as many calls wait for these threads as may."""


class Workers:
    def __init__(self, name: str, threads: int, most_waiting: int | None = None) -> None:
        """Start up to this number of threads, for which at most `most_waiting` calls wait (None: any number)."""
        self.name, self.threads, self.most_waiting = name, threads, most_waiting
        self._pid = 0
        self._unfinished = 0
        self._lock = threading.Lock()

    def submit(self, call: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Call this in one of the threads. Raises TooManyWaiting."""
        with self._lock:
            if self._pid != os.getpid():  # threads of a process stay behind when it forks
                self._pid, self._unfinished = os.getpid(), 0
                self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix=self.name)
            if self.most_waiting is not None and self._unfinished >= self.threads + self.most_waiting:
                raise TooManyWaiting(self.name)
            self._unfinished += 1
        future = self._pool.submit(call, *arguments)
        future.add_done_callback(self._finish)
        return future

    def _finish(self, _future: Future[Any]) -> None:
        with self._lock:
            self._unfinished -= 1
