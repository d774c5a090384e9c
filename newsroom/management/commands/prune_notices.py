"""manage.py prune_notices: forgets what people were told long ago."""

from __future__ import annotations

import argparse
import datetime
from typing import Any

from django.core.management.base import BaseCommand

from articles import clock
from newsroom.models import StoryEvent


class Command(BaseCommand):
    help = "Deletes events that are older, with everything that people were told of them. Stories stay as they are."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=90, help="delete what is older; default: 90")
        parser.add_argument("--dry-run", action="store_true", help="only report how many")

    def handle(self, *args: Any, days: int, dry_run: bool, **options: Any) -> None:
        events = StoryEvent.objects.filter(at__lt=clock.now() - datetime.timedelta(days=max(days, 1)))
        if dry_run:
            self.stdout.write(f"{events.count()} events would be deleted.")
            return
        count = events.count()
        events.delete()
        self.stdout.write(f"{count} events deleted.")
