"""Brings in a whole archive: thousands of new stories a batch, published, straight into their tables.

What stories.py does one by one, without log entries and without looking for changes: an item that came in before is
left as it is. Each batch is one transaction, so an interrupted load goes on where it stopped.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from articles.importers.items import BadItem, Item
from articles.models import Article, Author, Byline, SearchEntry, Section, Tag, TaggedArticle

BATCH = 1000  # stories
UNCHECKED = ("section", "lead_image", "created_by")  # ours, or empty: no query for each story


@dataclass(frozen=True)
class Prepared:
    """A story that nobody saved yet, and whom and what it will be linked to."""

    story: Article
    tags: list[Tag]
    authors: list[Author]


@dataclass
class Loaded:
    """What became of a batch."""

    new: int = 0
    unchanged: int = 0
    problems: list[tuple[str, BadItem]] = field(default_factory=list)  # with the item's id


class BulkLoader:
    """Loads batches of items; call `finish` at the end."""

    def __init__(self, default: Section, sections: dict[str, Section]) -> None:
        self.default, self.sections = default, sections
        self.tags: dict[str, list[Tag]] = {}  # of a name: one or none
        self.authors: dict[str, list[Author]] = {}

    @transaction.atomic
    def load(self, items: list[Item]) -> Loaded:
        """Write the stories of the new items among these."""
        fresh = {item.source_id: item for item in items}
        for source_id in Article.objects.filter(source_id__in=fresh).values_list("source_id", flat=True):
            fresh.pop(source_id or "", None)
        done = Loaded(unchanged=len(items) - len(fresh))
        prepared = []
        for item in fresh.values():
            try:
                prepared.append(self._prepare(item))
            except ValidationError as error:
                done.problems.append((item.source_id, BadItem(" ".join(error.messages))))
        self._write(prepared)
        done.new = len(prepared)
        return done

    def finish(self) -> None:
        """Make the counts of tags and sections true, and tell the database how much it holds now.

        PostgreSQL would find out by itself, later; SQLite never does, and plans well without it too.
        """
        Tag.objects.all().recount()
        Section.objects.all().recount()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _prepare(self, item: Item) -> Prepared:
        """Raises ValidationError for an item that could not be published."""
        story = Article(
            source_id=item.source_id,
            headline=" ".join(item.headline.split()),
            slug=item.slug,
            standfirst=item.standfirst,
            body=item.html,
            language=item.language,
            section=self.sections.get(item.section, self.default),
            status=Article.Status.PUBLISHED,
            publish_at=item.published_at,
            first_published_at=item.published_at,
            address_date=timezone.localtime(item.published_at, timezone.get_default_timezone()).date(),
        )
        story.clean_fields(exclude=UNCHECKED)
        story.prepare()
        story.require_ready(story.newest_content, None, story.publish_at)
        story.slug = story.slug or f"story-{uuid.uuid4().hex[:8]}"
        return Prepared(story, self._tags(item), self._authors(item))

    def _tags(self, item: Item) -> list[Tag]:
        for name in item.tags:
            if name not in self.tags:
                self.tags[name] = Tag.objects.for_names([name])
        return list(dict.fromkeys(tag for name in item.tags for tag in self.tags[name]))

    def _authors(self, item: Item) -> list[Author]:
        for name in item.authors:
            if name not in self.authors:
                self.authors[name] = Author.objects.for_names([name])
        return list(dict.fromkeys(author for name in item.authors for author in self.authors[name]))

    def _write(self, prepared: list[Prepared]) -> None:
        stories = [one.story for one in prepared]
        self._give_free_slugs(stories)
        Article.objects.bulk_create(stories)
        links: list[Any] = []
        bylines: list[Any] = []
        for one in prepared:
            listing = one.story.listing()
            links += [
                TaggedArticle(content_object=one.story, tag=tag, position=place, **listing)
                for place, tag in enumerate(one.tags)
            ]
            bylines += [
                Byline(article=one.story, author=author, position=place, **listing)
                for place, author in enumerate(one.authors)
            ]
        TaggedArticle.objects.bulk_create(links)
        Byline.objects.bulk_create(bylines)
        SearchEntry.objects.write(stories)

    def _give_free_slugs(self, stories: list[Article]) -> None:
        """Number the slugs (-2, -3 …) that another story of the day has, in the batch or before it."""
        dates = {story.address_date for story in stories}
        same_days = Article.objects.filter(address_date__in=dates)
        taken = set(same_days.values_list("language", "address_date", "slug"))
        for story in stories:
            wanted, number = story.slug[:90], 1
            while (story.language, story.address_date, story.slug) in taken:
                number += 1
                story.slug = f"{wanted}-{number}"
            taken.add((story.language, story.address_date, story.slug))


def batches(items: Iterable[Item]) -> Iterable[list[Item]]:
    """Lists of BATCH items, a shorter one at the end."""
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch
