"""Brings in a whole archive: thousands of new stories a batch, published, straight into their tables.

What stories.py does one by one, without log entries and without looking for changes: an item that came in before is
left as it is. Each batch is one transaction, so an interrupted load goes on where it stopped.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.importers.items import BadItem, Item
from articles.models import Article, Author, Byline, SearchEntry, Section, Tag, TaggedArticle
from articles.slugs import ascii_slug, tag_key

BATCH = 1000  # stories
HEADLINE = 200  # characters
TAG = 100  # characters


class BulkLoader:
    """Loads batches of items; call `finish` at the end, which makes the counts of tags and sections true."""

    def __init__(self, default: Section, sections: dict[str, Section]) -> None:
        self.default, self.sections = default, sections
        self.tags = {tag.key: tag for tag in Tag.objects.all()}
        self.authors = {author.slug: author for author in Author.objects.all()}

    @transaction.atomic
    def load(self, items: list[Item]) -> Counter[str]:
        """Counts of what became of the items: new, unchanged."""
        known = set(
            Article.objects.filter(source_id__in=[item.source_id for item in items]).values_list("source_id", flat=True)
        )
        fresh = {item.source_id: item for item in items if item.source_id not in known}
        stories = [self._story(item) for item in fresh.values()]
        self._give_free_slugs(stories)
        Article.objects.bulk_create(stories)
        self._link(stories, list(fresh.values()))
        SearchEntry.objects.write(stories)
        return Counter(new=len(stories), unchanged=len(items) - len(stories))

    def finish(self) -> None:
        Tag.objects.all().recount()
        Section.objects.all().recount()

    def _story(self, item: Item) -> Article:
        section = self.sections.get(item.section, self.default)
        story = Article(
            source_id=item.source_id,
            headline=item.headline,
            slug=item.slug,
            standfirst=item.standfirst,
            body=item.html,
            language=item.language,
            section=section,
            status=Article.Status.PUBLISHED,
            publish_at=item.published_at,
            first_published_at=item.published_at,
            address_date=timezone.localtime(item.published_at, timezone.get_default_timezone()).date(),
        )
        story.prepare()
        story.slug = story.slug or f"story-{uuid.uuid4().hex[:8]}"
        return story

    def _give_free_slugs(self, stories: list[Article]) -> None:
        """Number the slugs (-2, -3 …) that another story of the day has, in the batch or before it."""
        dates = {story.address_date for story in stories}
        slugs = {story.slug for story in stories}
        taken = set(
            Article.objects.filter(address_date__in=dates, slug__in=slugs).values_list(
                "language", "address_date", "slug"
            )
        )
        for story in stories:
            wanted, number = story.slug[:90], 1
            while (story.language, story.address_date, story.slug) in taken:
                number += 1
                story.slug = f"{wanted}-{number}"
            taken.add((story.language, story.address_date, story.slug))

    def _link(self, stories: list[Article], items: list[Item]) -> None:
        links: list[Any] = []
        bylines: list[Any] = []
        for story, item in zip(stories, items, strict=True):
            listing = {"status": story.status, "publish_at": story.publish_at, "language": story.language}
            links += [
                TaggedArticle(content_object=story, tag=tag, position=place, **listing)
                for place, tag in enumerate(self._tags(item))
            ]
            bylines += [
                Byline(article=story, author=author, position=place, **listing)
                for place, author in enumerate(self._authors(item))
            ]
        TaggedArticle.objects.bulk_create(links)
        Byline.objects.bulk_create(bylines)

    def _tags(self, item: Item) -> list[Tag]:
        for name in item.tags:
            if name.strip() and tag_key(name) not in self.tags:
                self.tags[tag_key(name)] = Tag.objects.for_names([name])[0]
        return list(dict.fromkeys(self.tags[tag_key(name)] for name in item.tags if name.strip()))

    def _authors(self, item: Item) -> list[Author]:
        missing = [name for name in item.authors if ascii_slug(name, 120) not in self.authors]
        self.authors |= {author.slug: author for author in Author.objects.for_names(missing)} if missing else {}
        found = [self.authors.get(ascii_slug(name, 120)) for name in item.authors]
        return list(dict.fromkeys(author for author in found if author))


def complete(item: Item) -> Item:
    """The item itself. Raises BadItem for one that could not be published."""
    if not item.headline.strip() or len(item.headline) > HEADLINE:
        raise BadItem(f"it needs a headline of at most {HEADLINE} characters")
    if not item.html.strip():
        raise BadItem("the story is empty")
    if any(len(name) > TAG for name in item.tags):
        raise BadItem(f"a tag has more than {TAG} characters")
    return item


def batches(items: Iterable[Item]) -> Iterable[list[Item]]:
    """Lists of BATCH items, a shorter one at the end."""
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch
