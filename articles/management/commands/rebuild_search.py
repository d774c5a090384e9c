"""manage.py rebuild_search: rebuilds the search index while the newsroom goes on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.management.progress import Progress
from articles.models import Article, ChangeLog, SearchEntry

STORIES_INDEXED_AT_ONCE = 500  # stories a transaction: others write in between


class Command(BaseCommand):
    help = "Rebuilds the search index, after a change in how words are taken from a text."

    def handle(self, *args: Any, **options: Any) -> None:
        SearchEntry.objects.repair_index()
        progress = Progress(self.stderr.write, Article.objects.count())
        number, last = 0, 0
        while batch := self._write(last):
            number, last = number + len(batch), batch[-1].pk
            progress.show(number)
        ChangeLog.objects.add_everything()  # what searches found before is stored in the page cache
        self.stdout.write(f"{number} stories indexed.")

    @transaction.atomic
    def _write(self, last: int) -> list[Article]:
        """Index the next stories after this id; which they were."""
        stories = (
            Article.objects.select_for_update(of=("self",)).filter(pk__gt=last).order_by("pk")[:STORIES_INDEXED_AT_ONCE]
        )
        SearchEntry.objects.write(batch := list(stories))
        return batch
