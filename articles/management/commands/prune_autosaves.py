"""manage.py prune_autosaves: forgets text that somebody typed long ago, never saved and never asked for."""

from __future__ import annotations

import argparse
import datetime
from typing import Any

from django.core.management.base import BaseCommand

from articles import clock
from articles.models import Autosave, FormBrowser, Presence, SavedForm


class Command(BaseCommand):
    help = (
        "Deletes old text that was typed into stories' forms and never saved, and old notes of who had which form "
        "open. Nothing that was saved is deleted."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=90, help="delete what is older; default: 90")
        parser.add_argument("--dry-run", action="store_true", help="only report how many")

    def handle(self, *args: Any, days: int, dry_run: bool, **options: Any) -> None:
        before = clock.now() - datetime.timedelta(days=max(days, 1))
        texts = Autosave.objects.filter(saved_at__lt=before)
        if dry_run:
            self.stdout.write(f"{texts.count()} unsaved texts would be deleted.")
            return
        count = texts.delete()[0]
        Presence.objects.filter(seen_at__lt=before).delete()
        SavedForm.objects.filter(saved_at__lt=before).delete()
        FormBrowser.objects.ended().delete()
        self.stdout.write(f"{count} unsaved texts deleted.")
