"""Imports items with the same checks as the desk: sanitiser, tags by key, verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from articles.importers.items import BadItem, ImportedStory
from articles.models import Article, Author, Section, Tag
from articles.models.byline import BylineRole
from articles.models.content import Content, Edit, clean_content, id_and_name, is_same_content

if TYPE_CHECKING:
    from articles.users import User

ImportOutcome = Literal["new", "changed", "unchanged"]


@dataclass
class StoryImporter:
    """A writer of items. `sections` maps the files' sections to ours; unnamed ones go to `default`."""

    default: Section
    sections: dict[str, Section] = field(default_factory=dict)
    publish: bool = True
    by: User | None = None  # the person who imports, for the log

    @transaction.atomic
    def write(self, item: ImportedStory) -> ImportOutcome:
        """Create or update the item's story completely, or not at all. Raises BadItem with the reason."""
        try:
            story = Article.objects.filter(source_id=item.source_id).first()
            return self._update(story, item) if story else self._create(item)
        except ValidationError as error:
            raise BadItem(" ".join(error.messages)) from None
        except PermissionDenied:
            raise BadItem(f"{self.by} may not do this") from None

    def _create(self, item: ImportedStory) -> ImportOutcome:
        story = Article(source_id=item.source_id, slug=item.slug)
        edit = Edit(self._content(story, item))
        if self.publish:
            story.publish(self.by, at=item.published_at, edit=edit)
        else:
            story.save_draft(self.by, edit)
        return "new"

    def _update(self, story: Article, item: ImportedStory) -> ImportOutcome:
        content = self._content(story, item)
        if is_same_content(content, story.newest_content):
            return "unchanged"
        if story.has_changes:
            raise BadItem("somebody on the desk is changing this story")
        if story.is_visible():
            story.publish_changes(self.by, Edit(content))
        else:
            story.save_draft(self.by, Edit(content))
        return "changed"

    def _content(self, story: Article, item: ImportedStory) -> Content:
        """Return the story's content with the item's values in place of its own."""
        for name, text in item.texts.items():
            Article._meta.get_field(name).clean(text, story)  # type: ignore[union-attr]
        roles = {pk: role for pk, _name, role in story.newest_content["authors"]}
        authors = Author.objects.for_names(list(item.authors))
        chosen = {
            "section": id_and_name(self.sections.get(item.section, self.default)),
            "authors": [[author.pk, author.name, roles.get(author.pk, BylineRole.AUTHOR)] for author in authors],
            "tags": [id_and_name(tag) for tag in Tag.objects.for_names(list(item.tags))],
        }
        return clean_content(story.newest_content | item.texts | chosen)
