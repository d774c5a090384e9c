"""Brings read items into the newsroom through the same doors as the desk: sanitiser, tags by key, verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.importers.items import BadItem, Item
from articles.models import Article, Author, Section, Tag

Outcome = Literal["new", "changed", "unchanged"]


@dataclass
class StoryImporter:
    """Writes items. `sections` maps what files call a section to ours; what it does not name goes to `default`."""

    default: Section
    sections: dict[str, Section] = field(default_factory=dict)
    publish: bool = True
    by: Any = None  # the person who imports, for the log

    @transaction.atomic
    def write(self, item: Item) -> Outcome:
        """Makes or updates the item's story, wholly or not at all. Raises BadItem with the reason."""
        try:
            story = Article.objects.filter(source_id=item.source_id).first()
            return self._update(story, item) if story else self._create(item)
        except ValidationError as error:
            raise BadItem(" ".join(error.messages)) from None

    def _create(self, item: Item) -> Outcome:
        story = Article(source_id=item.source_id, created_by=self.by, slug=item.slug, **self._content(item))
        story.full_clean(exclude=["section", "lead_image", "tags"])
        story.save()
        self._link(story, item)
        if self.publish:
            story.publish(by=self.by, at=item.published_at)
        return "new"

    def _update(self, story: Article, item: Item) -> Outcome:
        before = _flat(story)
        for name, value in self._content(item).items():
            setattr(story, name, value)
        story.full_clean(exclude=["section", "lead_image", "tags"])
        story.prepare()
        tags, authors = self._tags(item), self._authors(item)
        if _flat(story, [tag.pk for tag in tags], [author.pk for author in authors]) == before:
            return "unchanged"
        story.store()
        self._link(story, item)
        return "changed"

    def _content(self, item: Item) -> dict[str, Any]:
        return {
            "headline": " ".join(item.headline.split()),
            "standfirst": item.standfirst,
            "body": item.html,
            "language": item.language,
            "section": self.sections.get(item.section, self.default),
        }

    def _link(self, story: Article, item: Item) -> None:
        story.set_authors(self._authors(item))
        story.set_tags(self._tags(item))

    def _tags(self, item: Item) -> list[Tag]:
        return Tag.objects.for_names(list(item.tags))

    def _authors(self, item: Item) -> list[Author]:
        return Author.objects.for_names(list(item.authors))


def _flat(story: Article, tags: list[int] | None = None, authors: list[int] | None = None) -> tuple[Any, ...]:
    """What an import may change of a story, for comparison."""
    if tags is None or authors is None:
        tags = [tag.pk for tag in story.tags_in_order]
        authors = [byline.author_id for byline in story.authors_in_order]
    return story.headline, story.standfirst, story.body, story.language, story.section_id, tags, authors
