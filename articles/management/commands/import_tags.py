"""manage.py import_tags: brings in a vocabulary from CSV."""

from __future__ import annotations

import argparse
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from articles.importers.items import BadItem
from articles.importers.vocabulary import VocabularyImport, count_kinds
from articles.importers.vocabulary_csv import decode, read_tag_rows


class Command(BaseCommand):
    help = (
        "Imports tags from a CSV file with the columns name, slug, description and aliases; several aliases are "
        "separated by “|”. Nothing is removed; a bad line is reported and left out."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=argparse.FileType("rb"))
        parser.add_argument("--dry-run", action="store_true", help="only report what would happen")

    def handle(self, *args: Any, file: IO[bytes], dry_run: bool, **options: Any) -> None:
        try:
            with file:
                rows = read_tag_rows(decode(file.read()))
            steps = VocabularyImport().plan(rows) if dry_run else VocabularyImport().carry_out(rows, None)
        except BadItem as problem:
            raise CommandError(str(problem)) from None
        for step in steps:
            if step.kind == "left out":
                self.stderr.write(f"line {step.row.line}, {step.row.name}: {' '.join(step.says)}")
            elif dry_run and step.says:
                self.stdout.write(f"line {step.row.line}, {step.row.name}: {', '.join(step.says)}")
        counts = count_kinds(steps)
        told = ", ".join(f"{counts[kind]} {kind}" for kind in ("new", "changed", "unchanged", "left out"))
        self.stdout.write(f"{'Dry run: ' if dry_run else ''}{told}")
