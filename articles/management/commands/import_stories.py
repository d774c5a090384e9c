"""manage.py import_stories: brings in stories from JSON Feed 1.1 or from JSON lines."""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from typing import IO, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.importers import json_feed, json_lines
from articles.importers.bulk import BulkLoader
from articles.importers.items import BadItem, ImportedStory, ImportProblem, ImportSource
from articles.importers.stories import StoryImporter
from articles.management.archive import lift_query_limits
from articles.management.progress import Progress
from articles.management.relating import relate_stories
from articles.models import RelatedList, Section
from articles.related.working_out import request_archive

RELATED_AT_ONCE = 5_000  # stories; some minutes on two processors
RELATED_BY_SERVER_AFTER = datetime.timedelta(minutes=10)  # what is left then


class Command(BaseCommand):
    help = (
        "Imports stories from a JSON Feed 1.1 file or from JSON lines. A story that was imported before is updated and "
        "keeps its address; a bad item is reported and left out. Pictures are not fetched."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=argparse.FileType("r", encoding="utf-8-sig"))
        parser.add_argument("--dry-run", action="store_true", help="do everything, then undo it; nothing is kept")
        parser.add_argument("--section", metavar="SLUG", help="section of stories whose own is not mapped")
        parser.add_argument(
            "--map", action="append", default=[], metavar="THEIRS=SLUG", help="name of their section, slug of ours"
        )
        parser.add_argument("--drafts", action="store_true", help="import as drafts, not published")
        parser.add_argument("--bulk", action="store_true", help="import a whole archive fast: new stories only, no log")
        parser.add_argument("--by", metavar="LOGIN", help="the user whom the log names")

    def handle(self, *args: Any, file: IO[str], dry_run: bool, bulk: bool, **options: Any) -> None:
        if bulk and (options["drafts"] or options["by"]):
            raise CommandError("--bulk publishes and writes no log: it cannot be used with --drafts or --by.")
        with file, transaction.atomic() if dry_run else nullcontext():
            try:
                source = open_source(file)
                importer = self._importer(source, **options)
                counts = (self._load if bulk else self._write)(source, importer)
            except BadItem as problem:
                raise CommandError(str(problem)) from None
            except UnicodeDecodeError as error:
                raise CommandError(f"The file is not UTF-8: {error.reason}. Save it as UTF-8.") from None
            if dry_run:
                transaction.set_rollback(True)
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("new", "changed", "unchanged", "left out"))
        self.stdout.write(f"{'Dry run: ' if dry_run else ''}{told}")

    def _importer(
        self, source: ImportSource, section: str | None, map: list[str], drafts: bool, by: str | None, **_: Any
    ) -> StoryImporter:
        ours = {one.slug: one for one in Section.objects.all()}
        for slug in source.names.keys() - ours.keys():
            ours[slug] = create_section(slug, source.names[slug])
        if section and section not in ours:
            raise CommandError(f"There is no section “{section}”. Choose one of: {', '.join(ours) or 'none'}.")
        if not section and not ours:
            raise CommandError("There is no section yet: create one on the desk, then name it with --section.")
        mapping = dict(ours)
        for pair in map:
            theirs, _equals, slug = pair.rpartition("=")
            if not theirs or slug not in ours:
                raise CommandError(f"--map {pair}: give THEIRS=SLUG with one of {', '.join(ours)}")
            mapping[theirs] = ours[slug]
        person = None
        if by:
            person = get_user_model().objects.filter(username=by).first()
            if person is None:
                raise CommandError(f"There is no user “{by}”.")
        default = ours[section] if section else next(iter(ours.values()))
        if not section:
            self.stderr.write(
                f"Stories that name none of our sections go to “{default}”; choose another with --section."
            )
        return StoryImporter(default, mapping, publish=not drafts, by=person)

    def _write(self, source: ImportSource, importer: StoryImporter) -> Counter[str]:
        counts: Counter[str] = Counter()
        for item in self._items(source, counts):
            try:
                counts[importer.write(item)] += 1
            except BadItem as problem:
                self._leave_out(item.source_id, problem, counts)
        return counts

    def _load(self, source: ImportSource, importer: StoryImporter) -> Counter[str]:
        lift_query_limits()
        counts: Counter[str] = Counter()
        loader = BulkLoader(importer.default, importer.sections, partial(self._leave_out, counts=counts))
        try:
            loader.load(self._items(source, counts))
        finally:  # what came before a break, in the file or by Ctrl-C, is public
            loader.finish()
            request_archive(after=RELATED_BY_SERVER_AFTER)
        self._relate()
        return counts + loader.counts

    def _relate(self) -> None:
        """Find the related stories of the newest ones at once; an archive's would take hours."""
        missing = RelatedList.objects.missing()
        progress = Progress(self.stderr.write, 2 * len(missing[:RELATED_AT_ONCE]))
        for done in relate_stories(missing[:RELATED_AT_ONCE]):
            progress.show(done)
        if left := len(missing[RELATED_AT_ONCE:]):
            self.stderr.write(
                f"The server finds the related stories of the other {left} by itself, in hours; "
                "`related_stories --missing` does so faster. Until then, they show the latest stories of their section."
            )

    def _items(self, source: ImportSource, counts: Counter[str]) -> Iterator[ImportedStory]:
        """Yield the good items, and report and count the bad ones."""
        progress = Progress(self.stderr.write, source.total)
        for number, entry in enumerate(source.entries, 1):
            if isinstance(entry, ImportProblem):
                self._leave_out(entry.source_id, BadItem(f"item {entry.number}: {entry.reason}"), counts)
            else:
                yield entry
            progress.show(number)

    def _leave_out(self, source_id: str, problem: BadItem, counts: Counter[str]) -> None:
        counts["left out"] += 1
        self.stderr.write(f"{source_id or 'without id'}: {problem}")


def open_source(file: IO[str]) -> ImportSource:
    """Return the file read in the format of its first line. Raises BadItem for another one; the file may be a pipe."""
    first = file.readline()
    return (
        json_lines.read_json_lines(first, file)
        if json_lines.is_meta(first)
        else json_feed.read_json_feed(first + file.read())
    )


def create_section(slug: str, name: str) -> Section:
    section = Section(slug=slug, name=name)
    try:
        section.full_clean()
    except ValidationError as error:
        raise BadItem(f"the section “{slug}”: {' '.join(error.messages)}") from None
    section.save()
    return section
