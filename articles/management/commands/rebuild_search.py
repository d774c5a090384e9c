"""manage.py rebuild_search: rebuilds the search index of stories and of pictures while the newsroom goes on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.management.progress import Progress
from articles.models import Article, ChangeLog, Image, ImageTerm, SearchEntry

INDEXED_AT_ONCE = 500  # stories or pictures a transaction: others write in between


class Command(BaseCommand):
    help = "Rebuilds the search index of stories and pictures, after a change in how words are taken from a text."

    def handle(self, *args: Any, **options: Any) -> None:
        SearchEntry.objects.repair_index()
        progress = Progress(self.stderr.write, Article.objects.count() + Image.objects.count())
        stories = pictures = last = 0
        while found := self._index_stories(last):
            stories, last = stories + len(found), found[-1].pk
            progress.show(stories)
        last = 0
        while images := self._index_pictures(last):
            pictures, last = pictures + len(images), images[-1].pk
            progress.show(stories + pictures)
        ChangeLog.objects.add_everything()  # what searches found before is stored in the page cache
        self.stdout.write(f"{stories} stories and {pictures} pictures indexed.")

    @transaction.atomic
    def _index_stories(self, last: int) -> list[Article]:
        """Index the next stories after this id, and return them."""
        rows = Article.objects.select_for_update(of=("self",)).filter(pk__gt=last)
        SearchEntry.objects.write(stories := list(rows.order_by("pk")[:INDEXED_AT_ONCE]))
        return stories

    @transaction.atomic
    def _index_pictures(self, last: int) -> list[Image]:
        """Index the next pictures after this id, and return them."""
        rows = Image.objects.select_for_update(of=("self",)).filter(pk__gt=last)
        pictures = list(rows.order_by("pk")[:INDEXED_AT_ONCE])
        for picture in pictures:
            ImageTerm.objects.write(picture)
        return pictures
