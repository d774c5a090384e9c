"""manage.py related_stories: says why related stories are there; finds missing ones."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.archive import lift_query_limits
from articles.management.progress import Progress
from articles.management.relating import relate_stories
from articles.models import Article, RelatedList, WordCounts
from articles.related import explain_related


class Command(BaseCommand):
    help = "Explains a story's related stories, and finds those that are missing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--explain", type=int, metavar="ID", help="show the teasers of a story, with the points of each"
        )
        what.add_argument(
            "--missing", action="store_true", help="find those of an archive that was imported with --bulk"
        )
        what.add_argument("--all", action="store_true", help="count the words and compare every story again")

    def handle(self, *args: Any, explain: int | None, all: bool, **options: Any) -> None:
        if explain is not None:
            self._explain(explain)
        else:
            lift_query_limits()
            ids = self._everything() if all else RelatedList.objects.missing()
            self._work_out(ids, are_all=all)

    def _explain(self, pk: int) -> None:
        article = Article.objects.with_page_parts().filter(pk=pk).first()
        if article is None:
            raise CommandError(f"There is no story {pk}.")
        zones, others = explain_related(article)
        for name, teasers in (("compact", zones.compact), ("long", zones.long)):
            self.stdout.write(f"{name}:")
            for teaser in teasers:
                self.stdout.write(f"  {teaser.story.pk} {teaser.story.headline}")
                self.stdout.write(f"    {teaser.reason}")
                if teaser.reason.kind == "related":
                    self.stdout.write(f"    {teaser.reason.traits.points_formula}")
        self.stdout.write("not shown:")
        for one in others:
            self.stdout.write(f"  {one.story.pk} {one.story.headline}")
            self.stdout.write(f"    {one.why}")
            self.stdout.write(f"    {one.traits.points_formula}")

    def _everything(self) -> list[int]:
        published = Article.objects.filter(status=Article.Status.PUBLISHED)
        for language in published.order_by().values_list("language", flat=True).distinct():
            WordCounts.objects.recount(language)
        return list(published.newest_first().values_list("pk", flat=True))

    def _work_out(self, ids: Sequence[int], *, are_all: bool) -> None:
        progress = Progress(self.stderr.write, 2 * len(ids))
        for done in relate_stories(ids, are_all=are_all):
            progress.show(done)
        self.stdout.write(f"{len(ids)} stories compared.")
