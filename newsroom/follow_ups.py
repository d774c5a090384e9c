"""Does what saves have left to do, also of processes that died, in a thread of each process of the server.

It begins with the first request, is woken by each save of its process, and looks by itself every few seconds.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import close_old_connections, connection

from articles.models import FollowUp
from articles.models.follow_up import work_waits
from newsroom.environ import WSGIApplication

POLL_SECONDS = 5.0  # seconds between two looks while nobody saves

logger = logging.getLogger(__name__)


class FollowUpWorker:
    def __init__(self) -> None:
        self.pid = 0
        self._wake = threading.Event()
        self._starting = threading.Lock()
        self._is_failing = False
        self._stopped = False

    def start(self) -> None:
        """Start the thread once in each process, also after a fork, which leaves threads behind."""
        with self._starting:
            if self.pid != os.getpid():
                self._stopped = False
                self._thread = threading.Thread(target=self._run, name="follow-ups", daemon=True)
                self._thread.start()
                self.pid = os.getpid()
                work_waits.connect(self.wake, dispatch_uid="newsroom.follow_ups")

    def stop(self) -> None:
        work_waits.disconnect(dispatch_uid="newsroom.follow_ups")
        self._stopped = True
        self._wake.set()
        self._thread.join()
        self.pid = 0

    def wake(self, sender: Any, **_more: Any) -> bool:
        """Wake the thread after a save. Returns whether the work is done soon."""
        self._wake.set()
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            self._work()
            self._wake.wait(POLL_SECONDS)
        connection.close()

    def _work(self) -> None:
        close_old_connections()
        try:
            FollowUp.objects.work_off()
            self._is_failing = False
        except Exception as error:  # no error may end this thread
            if not self._is_failing:
                logger.error("What follows from saves has to wait: %s", error, exc_info=error)
            self._is_failing = True


worker = FollowUpWorker()


class WithFollowUps:
    """A WSGI application in whose processes the worker runs, from the first request on."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if worker.pid != os.getpid():
            worker.start()
        return self.application(environ, start_response)
