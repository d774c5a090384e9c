"""manage.py drain_outbox: tells people what happened, once or for as long as it runs, in place of the server."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from newsroom.notices.outbox import drain, forget_draining, note_draining

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Tells people of everything that happened and that they have not been told: by notices in the desk, mail and "
        "webhooks. The server does that too. With --every, it goes on until SIGTERM or Ctrl+C, and the server leaves "
        "mail and webhooks to it."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--every", type=_seconds, metavar="SECONDS", help="go on, and look again this often")

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        if every is None:
            self.stdout.write(f"{drain()} done.")
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stopped.set())
        while not stopped.is_set():
            _drain(every)
            stopped.wait(every)
        forget_draining()


def _drain(every: float) -> None:
    """Do what is due. While the database is away, it waits."""
    close_old_connections()
    try:
        note_draining(every)
        drain()
    except DatabaseError:
        logger.exception("What people are to be told has to wait")


def _seconds(text: str) -> float:
    if (value := float(text)) <= 0:
        raise argparse.ArgumentTypeError("more than 0")
    return value
