"""Imports a whole archive: batches of thousands of new, published stories, written straight into their tables.

What stories.py does one by one, without log entries and without looking for changes: an item that came in before is
left as it is. Several processes prepare stories, this one writes them. Each batch is one transaction, so an
interrupted load goes on where it stopped.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from articles import richtext
from articles.importers.items import BadItem, ImportedStory
from articles.importers.processes import map_in_processes
from articles.models import Article, Author, Byline, ChangeLog, Image, SearchEntry, Section, Tag, TaggedArticle
from articles.models.byline import BylineRole
from articles.models.search_entry import document
from articles.sql.bulk_insert import copy_in, new_ids
from articles.time_zones import newsroom_day

Other = TypeVar("Other", Tag, Author)

STORIES_PER_INSERT = 1000  # stories
UNCHECKED = ("section", "lead_image", "created_by")  # ours, or empty: no query for each story
ARTICLE_COLUMNS = [field.attname for field in Article._meta.concrete_fields]
LINK = ("position", "status", "publish_at", "language")  # the columns of a link besides the two rows that it links
AUTHOR = BylineRole.AUTHOR.value


@dataclass(frozen=True)
class PreparedStory:
    """A story that is not saved yet, how it is found, and what it will be linked to."""

    source_id: str
    story: Article
    words: str
    document: str
    tags: tuple[str, ...]  # names
    authors: tuple[str, ...]
    pictures: list[int]  # ids


@dataclass(frozen=True)
class UnfitItem:
    """An item that cannot be published, and why."""

    source_id: str
    problem: BadItem


class BulkLoader:
    """A loader of items; call `finish` at the end. `leave_out` is called for each that cannot be published, by id."""

    def __init__(
        self, default: Section, sections: dict[str, Section], leave_out: Callable[[str, BadItem], object]
    ) -> None:
        self.default, self.sections, self.leave_out = default, sections, leave_out
        self.counts: Counter[str] = Counter()  # new, unchanged
        self.tags: dict[str, list[Tag]] = {}  # of a name: one or none
        self.authors: dict[str, list[Author]] = {}

    def load(self, items: Iterable[ImportedStory]) -> None:
        """Write the stories of those items that are new."""
        prepare = partial(prepare_batch, default=self.default, sections=self.sections)
        with SearchEntry.objects.bulk_loading():
            for batch in map_in_processes(prepare, map(self._new_ones, split_into_batches(items))):
                self._write(batch)

    def finish(self) -> None:
        """Make the counts of tags and sections true, and tell the database how much it holds now.

        PostgreSQL would find out by itself, later; SQLite never does, and plans well without it too.
        """
        Tag.objects.all().recount()
        Section.objects.all().recount()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _new_ones(self, items: list[ImportedStory]) -> list[ImportedStory]:
        """Return the items that are not imported yet; of several with one id, the last."""
        by_id = {item.source_id: item for item in items}
        known = find_known_ids(by_id)
        self.counts["unchanged"] += len(items) - len(by_id) + len(known)
        return [item for item in by_id.values() if item.source_id not in known]

    @transaction.atomic
    def _write(self, batch: list[PreparedStory | UnfitItem]) -> None:
        with ChangeLog.objects.everything_changes():
            self._copy_in(list(self._ready(batch)))

    def _copy_in(self, ready: list[PreparedStory]) -> None:
        stories = [one.story for one in ready]
        give_free_slugs(stories)
        for story, pk in zip(stories, new_ids(Article, len(stories)), strict=True):
            story.pk = pk
        copy_in(Article, ARTICLE_COLUMNS, map(attrgetter(*ARTICLE_COLUMNS), stories))
        tags = ((*link, tag.pk) for one in ready for link, tag in link_rows(one.story, self._tags(one)))
        copy_in(TaggedArticle, ("content_object_id", *LINK, "tag_id"), tags)
        bylines = (
            (*link, author.pk, AUTHOR) for one in ready for link, author in link_rows(one.story, self._authors(one))
        )
        copy_in(Byline, ("article_id", *LINK, "author_id", "role"), bylines)
        SearchEntry.objects.copy_in((one.story, one.words, one.document) for one in ready)
        self._show_pictures(ready)
        self.counts["new"] += len(stories)

    def _ready(self, batch: list[PreparedStory | UnfitItem]) -> Iterator[PreparedStory]:
        """Return what can be written, whose tags and authors exist now; the rest is reported."""
        known = find_known_ids([one.source_id for one in batch])  # again: an id may be in two batches
        for one in batch:
            if one.source_id in known:
                self.counts["unchanged"] += 1
            elif isinstance(one, UnfitItem):
                self.leave_out(one.source_id, one.problem)
            else:
                try:
                    self._tags(one), self._authors(one)
                except ValidationError as error:
                    self.leave_out(one.source_id, BadItem(" ".join(error.messages)))
                else:
                    yield one

    def _tags(self, one: PreparedStory) -> list[Tag]:
        """Return the tags of a story. Raises ValidationError for a name that no tag can have."""
        for name in one.tags:
            if name not in self.tags:
                self.tags[name] = Tag.objects.for_names([name])
        return list(dict.fromkeys(tag for name in one.tags for tag in self.tags[name]))

    def _authors(self, one: PreparedStory) -> list[Author]:
        for name in one.authors:
            if name not in self.authors:
                self.authors[name] = Author.objects.for_names([name])
        return list(dict.fromkeys(author for name in one.authors for author in self.authors[name]))

    def _show_pictures(self, ready: list[PreparedStory]) -> None:
        """Note which pictures of the library stand in these stories."""
        pairs = [(one.story.pk, picture) for one in ready for picture in dict.fromkeys(one.pictures)]
        there = set(Image.objects.filter(pk__in={picture for _pk, picture in pairs}).values_list("pk", flat=True))
        rows = [pair for pair in pairs if pair[1] in there]
        copy_in(Article.body_images.through, ("article_id", "image_id"), rows)


def prepare_batch(
    items: list[ImportedStory], default: Section, sections: dict[str, Section]
) -> list[PreparedStory | UnfitItem]:
    """Do everything that takes long and needs no database, except for the pictures that a body names."""
    return [_prepare_story(item, sections.get(item.section, default)) for item in items]


def _prepare_story(item: ImportedStory, section: Section) -> PreparedStory | UnfitItem:
    story = Article(
        source_id=item.source_id,
        slug=item.slug,
        **item.texts,
        section=section,
        status=Article.Status.PUBLISHED,
        publish_at=item.published_at,
        first_published_at=item.published_at,
        address_date=newsroom_day(item.published_at),
    )
    try:
        story.clean_fields(exclude=UNCHECKED)
        story.prepare()
        story.require_ready("publish", story.newest_content, None, story.publish_at)
    except ValidationError as error:
        return UnfitItem(item.source_id, BadItem(" ".join(error.messages)))
    story.slug = story.slug or f"story-{uuid.uuid4().hex[:8]}"
    del story.stored_content, story.stored_choices  # not to be sent
    words = SearchEntry.words_of(story)
    pictures = richtext.find_picture_ids(story.body)
    return PreparedStory(item.source_id, story, words, document(words), item.tags, item.authors, pictures)


def link_rows(story: Article, others: Iterable[Other]) -> Iterator[tuple[tuple[Any, ...], Other]]:
    """Yield the values of LINK and the story's id for each link to these, in their order."""
    for place, other in enumerate(others):
        yield (story.pk, place, story.status, story.publish_at, story.language), other


def find_known_ids(source_ids: Iterable[str]) -> set[str | None]:
    """Return the ids that were imported before."""
    return set(Article.objects.filter(source_id__in=source_ids).values_list("source_id", flat=True))


def give_free_slugs(stories: list[Article]) -> None:
    """Number the slugs (-2, -3 …) that another story of the day has, in the batch or imported before."""
    dates = {story.address_date for story in stories}
    taken = set(Article.objects.filter(address_date__in=dates).values_list("language", "address_date", "slug"))
    for story in stories:
        wanted, number = story.slug[:90], 1
        while (story.language, story.address_date, story.slug) in taken:
            number += 1
            story.slug = f"{wanted}-{number}"
        taken.add((story.language, story.address_date, story.slug))


def split_into_batches(items: Iterable[ImportedStory]) -> Iterator[list[ImportedStory]]:
    """Yield lists of STORIES_PER_INSERT items, and a shorter one at the end."""
    items = iter(items)
    while batch := list(islice(items, STORIES_PER_INSERT)):
        yield batch
