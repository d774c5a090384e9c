"""manage.py drain_outbox: hands out what must follow from publishing, once or all the time."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.outbox import drain


class Command(BaseCommand):
    help = "Hands out what must follow from publishing: purges, pings, mail. May run more than once at a time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on for ever, looking this often")

    def handle(self, *args: Any, every: int | None = None, **options: Any) -> None:
        while True:
            done, failed = drain()
            if done or failed or not every:
                self.stdout.write(f"{done} done, {failed} failed and come again.")
            if not every:
                return
            time.sleep(every)
