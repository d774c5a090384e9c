"""manage.py drain_outbox: tells people what happened, once or for as long as it runs, in place of the server."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from articles.models import FollowUp
from newsroom.models.story_event import TELLING
from newsroom.notices.outings import OUTING

logger = logging.getLogger(__name__)

OUTBOX = (TELLING, OUTING)  # the kinds of follow-ups that it does


class Command(BaseCommand):
    help = (
        "Tells people of everything that happened and that they have not been told: by notices in the desk, mail and "
        "webhooks. The server does that too. With --every, it goes on until it is stopped by SIGTERM or Ctrl+C."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--every", type=_seconds, metavar="SECONDS", help="go on, and look again this often")

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        if every is None:
            self.stdout.write(f"{FollowUp.objects.filter(kind__in=OUTBOX).work_off()} done.")
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stopped.set())
        while not stopped.is_set():
            _drain()
            stopped.wait(every)


def _drain() -> None:
    """Do what is due. While the database is away, it waits."""
    close_old_connections()
    try:
        FollowUp.objects.filter(kind__in=OUTBOX).work_off()
    except DatabaseError:
        logger.exception("What people are to be told has to wait")


def _seconds(text: str) -> float:
    if (value := float(text)) <= 0:
        raise argparse.ArgumentTypeError("more than 0")
    return value
