"""Does what saves have left to do, also of processes that died, in two threads of each process of the server.

They begin with the first request and look every few seconds. One is woken by each save of its process; what has to
wait for other machines, such as a mail server, is left to the other.
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
from newsroom.notices.outbox import DELIVERIES, deliver, is_drained_elsewhere

POLL_SECONDS = 5.0  # seconds between two looks while nobody saves

logger = logging.getLogger(__name__)


class FollowUpWorker:
    name = "follow-ups"

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
                self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                self._thread.start()
                self.pid = os.getpid()
                self._listen()

    def stop(self) -> None:
        work_waits.disconnect(dispatch_uid=f"newsroom.{self.name}")
        self._stopped = True
        self._wake.set()
        self._thread.join()
        self.pid = 0

    def _listen(self) -> None:
        work_waits.connect(self.wake, dispatch_uid=f"newsroom.{self.name}")

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
            self._work_off()
            self._is_failing = False
        except Exception as error:  # no error may end this thread
            if not self._is_failing:
                logger.error("What follows from saves has to wait: %s", error, exc_info=error)
            self._is_failing = True

    def _work_off(self) -> None:
        FollowUp.objects.exclude(kind__in=DELIVERIES).work_off()


class DeliveryWorker(FollowUpWorker):
    """Sends mail and calls webhooks, unless `manage.py drain_outbox --every` does."""

    name = "deliveries"

    def _listen(self) -> None:
        """Listen to no save: what it does waits for other work first."""

    def _work_off(self) -> None:
        if not is_drained_elsewhere():
            deliver()


worker = FollowUpWorker()
deliveries = DeliveryWorker()


class WithFollowUps:
    """A WSGI application in whose processes the workers run, from the first request on."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if worker.pid != os.getpid():
            worker.start()
            deliveries.start()
        return self.application(environ, start_response)
