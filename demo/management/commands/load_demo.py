"""Fill an empty newsroom with the demo's stories, and say how to sign in."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser

from demo.loading import load_newsroom
from demo.logins import LOGINS

SECONDS_BETWEEN_LINES = 5


class Command(BaseCommand):
    help = (
        "Fills an empty newsroom with demo stories; changes nothing where there are stories already. Creates users "
        "only with DEBUG=1, and only while there are none."
    )
    last_line = float("-inf")  # when progress() last wrote to a file

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="", help="where the site will be served, to be printed")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        if count := load_newsroom(self.progress):
            self.stdout.write(f"\nLoaded the demo newsroom: {count} stories.")
            if not get_user_model().objects.exists():
                self.stdout.write("Nobody has an account yet: `make user` gives the first chief editor one.")
        if address:
            self.stdout.write(f"The site is at {address} and the desk at {address}admin/")
        if settings.DEBUG and (logins := [login for login in LOGINS if login.works()]):
            self.stdout.write("Sign in to the desk as:")
            for login in logins:
                self.stdout.write(f"  {login.role:<12} {login.username:<10} {login.password}")

    def progress(self, message: str) -> None:
        """Write one line that is written over on a terminal; in a file, a line every few seconds."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{message:<60}", ending="")
        elif time.monotonic() - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = time.monotonic()
            self.stdout.write(message)
        self.stdout.flush()
