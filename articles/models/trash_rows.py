"""The rows of a story or picture in the trash: dumped, and written again without what has gone since."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from articles.models.advice_point import AdvicePoint
from articles.models.article import Article
from articles.models.autosave import Autosave
from articles.models.byline import Byline
from articles.models.content import SINGLE_CHOICES, TEXTS, Content
from articles.models.image import Image
from articles.models.image_proposal import ImageProposal
from articles.models.related_choice import RelatedChoice
from articles.models.revision import Revision
from articles.models.share_link import ShareLink
from articles.models.tag import Tag
from articles.models.tag_proposal import TagProposal
from articles.models.tagged_article import TaggedArticle
from articles.models.translation import Translation

# What is kept of a story and of a picture beside the row itself: model and the foreign key to it, in the order in which
# the rows are written again. The rest derives from these, or is about who looked at it.
ROWS_OF_KINDS: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
    Article: (
        (Revision, "article"),
        (Byline, "article"),
        (TaggedArticle, "content_object"),
        (RelatedChoice, "article"),
        (RelatedChoice, "story"),
        (Autosave, "article"),
        (ShareLink, "article"),
        (TagProposal, "story"),
        (AdvicePoint, "article"),
        (Translation, "article"),
        (Translation, "original"),
    ),
    Image: ((ImageProposal, "image"),),
}


class WholeMoments(DjangoJSONEncoder):
    """Django's encoder, but with moments to the microsecond, as the database has them."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.datetime) else super().default(value)


def dump_rows(thing: Article | Image) -> str:
    """Return the row of a story or picture and what belongs to it, as `manage.py dumpdata` writes them."""
    dump: str = serializers.serialize("json", [thing, *_parts_of(thing)], cls=WholeMoments)
    return dump


def load_rows(dump: str, without: Iterable[str] = ()) -> list[Any]:
    """Return what was dumped as objects that are not saved, the story or picture itself first.

    That one is without these fields, which may have been of another kind when it was dumped.
    """
    rows = json.loads(dump)
    for name in without:
        rows[0]["fields"].pop(name, None)
    return [row.object for row in serializers.deserialize("python", rows, ignorenonexistent=True)]


def fill_columns(story: Article, content: Content) -> None:
    """Give the columns of a story that is not saved the values that this content has for them."""
    for name in content.keys() & TEXTS:
        setattr(story, name, content[name])
    for name in content.keys() & SINGLE_CHOICES:
        setattr(story, f"{name}_id", content[name] and content[name][0])


def _parts_of(thing: models.Model) -> Iterator[models.Model]:
    for model, name in ROWS_OF_KINDS[type(thing)]:
        yield from model._default_manager.filter(**{name: thing.pk}).order_by("pk")


def insert_again(row: models.Model) -> None:
    """Insert this row as it was, unless something that it cannot be without has gone."""
    if _drop_gone_targets(row):
        models.Model.save_base(row, raw=True, force_insert=True)


def _drop_gone_targets(row: models.Model) -> bool:
    """Empty the foreign keys whose target has gone. Returns False when the row cannot be without one."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if not field.is_relation or value is None:
            continue
        targets: Any = field.related_model
        if targets._default_manager.filter(pk=value).exists():
            continue
        if not field.null:
            return False
        setattr(row, field.attname, None)
    return True


def give_up_taken_names(story: Article) -> None:
    """Leave an importer's id and a place among translations to the story that has taken it meanwhile."""
    if Article.objects.filter(source_id=story.source_id).exclude(source_id=None).exists():
        story.source_id = None
    group = Article.objects.filter(translation_group=story.translation_group, language=story.language)
    if group.exclude(translation_group=None).exists():
        story.translation_group = None


def follow_merged_tags(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows; a tag that was merged meanwhile is the one that it went into, once."""
    parts = list(rows)
    current = Tag.objects.current_by_id([row.tag_id for row in parts if isinstance(row, TaggedArticle)])
    seen: set[int] = set()
    for row in parts:
        if isinstance(row, TaggedArticle):
            tag = current.get(row.tag_id)
            if tag is None or tag.pk in seen:
                continue
            row.tag_id = tag.pk
            seen.add(tag.pk)
        yield row
