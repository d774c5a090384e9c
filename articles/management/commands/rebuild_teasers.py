"""manage.py rebuild_teasers: cuts the stored teasers of all stories again while the newsroom goes on."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.management.progress import Progress
from articles.models import Article

STORIES_CUT_AT_ONCE = 100  # stories a transaction: others write in between
STORED_FIELDS = ("compact_text", "long_text", "word_count")


class Command(BaseCommand):
    help = "Cuts the teasers of all stories again, after a change in how they are cut; readers' pages follow."

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(self.stderr.write, Article.objects.count())
        number, changed, last = 0, 0, 0
        while stories := list(Article.objects.filter(pk__gt=last).order_by("pk").only("pk")[:STORIES_CUT_AT_ONCE]):
            number, last = number + len(stories), stories[-1].pk
            changed += cut_teasers([story.pk for story in stories])
            progress.show(number)
        self.stdout.write(f"{number} stories, {changed} of them with other teasers than before.")


@transaction.atomic
def cut_teasers(ids: list[int]) -> int:
    """Store what the teasers of these stories are now; how many changed. No version, no entry in the history."""
    stored = attrgetter(*STORED_FIELDS)
    changed = []
    for story in Article.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"):
        before = stored(story)
        story.cut_teasers()
        if stored(story) != before:
            changed.append(story)
    return Article.objects.bulk_update(changed, STORED_FIELDS)
