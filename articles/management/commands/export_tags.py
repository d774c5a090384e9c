"""manage.py export_tags: the vocabulary as CSV."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.exporters.vocabulary import vocabulary_csv


class Command(BaseCommand):
    help = "Writes every tag to standard output as CSV: name, slug, description, aliases and number of stories."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(vocabulary_csv(), ending="")
