"""Fill an empty newsroom with the demo's stories, and say how to sign in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importers.demo import load
from articles.importers.demo_logins import LOGINS


class Command(BaseCommand):
    help = "Fills an empty newsroom with demo stories and logins; changes nothing where there are stories already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="", help="Where the site will be served, to be printed.")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            count = load(self.progress)
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from refusal
        if count:
            self.stdout.write(f"\nLoaded the demo newsroom: {count} stories.")
        if address:
            self.stdout.write(f"The site is at {address} and the desk at {address}admin/")
        if logins := [login for login in LOGINS if login.works()]:
            self.stdout.write("Sign in to the desk as:")
        for login in logins:
            self.stdout.write(f"  {login.role:<10} {login.username:<10} {login.password}")

    def progress(self, message: str) -> None:
        """One line that is written over on a terminal, and nothing in a log."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{message:<60}", ending="")
            self.stdout.flush()
