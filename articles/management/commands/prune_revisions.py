"""manage.py prune_revisions: forgets old versions that no reader saw."""

from __future__ import annotations

import argparse
import datetime
from typing import Any

from django.core.management.base import BaseCommand

from articles import clock
from articles.management.version_pruning import prunable_versions, prune_versions


class Command(BaseCommand):
    help = (
        "Deletes old versions of stories. Those that readers saw are kept, and so are those that wait or are "
        "scheduled, have a note or show a story as it was imported, and the newest versions of each story."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--days", type=_at_least(0), default=90, help="delete older ones; default: 90")
        parser.add_argument(
            "--keep", type=_at_least(1), default=20, help="newest versions of each story to keep; default: 20"
        )
        parser.add_argument("--dry-run", action="store_true", help="only report how many")

    def handle(self, *args: Any, days: int, keep: int, dry_run: bool, verbosity: int, **options: Any) -> None:
        before = clock.now() - datetime.timedelta(days=days)
        if dry_run:
            count = prunable_versions(before, keep).count()
            self.stdout.write(f"{count} versions would be deleted.")
            return
        count = 0
        for number in prune_versions(before, keep):
            count += number
            if verbosity > 1:
                self.stdout.write(f"{count} so far")
        self.stdout.write(f"{count} versions deleted.")


def _at_least(least: int) -> Any:
    def number(text: str) -> int:
        if (value := int(text)) < least:
            raise argparse.ArgumentTypeError(f"at least {least}")
        return value

    return number
