"""What belongs to a story but stands in other tables, loaded with it as JSON: one query instead of five."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Aggregate, Exists, Func, JSONField, OuterRef, QuerySet, Subquery

from articles.models.author import Author
from articles.models.byline import Byline
from articles.models.image import Image
from articles.models.related_choice import RelatedChoice
from articles.models.tag import Tag
from articles.models.tagged_article import TaggedArticle

if TYPE_CHECKING:
    from articles.models.article import Article

# Each in the order of the fields of its model, which `from_db` needs.
AUTHOR_COLUMNS = ("id", "name", "slug", "title", "website", "mastodon", "linkedin", "x_profile")
TAG_COLUMNS = ("id", "name", "slug", "story_count")
IMAGE_COLUMNS = (
    *("id", "file", "focal_x", "focal_y", "width", "height", "renditions"),
    *("alt", "decorative", "caption", "credit"),
)
CHOICE = (
    "place",
    "position",
    "id",
    "story_id",
    *(f"chosen_by__{name}_name" for name in ("first", "last")),
    "chosen_by__username",
)


class JSONRow(Func):
    """A JSON list of these values.

    Django's JSONArray first asks a connection, in a transaction of its own, whether it can do that: on a full disk that
    fails, and no page could be read.
    """

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_ARRAY", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **more)


class JSONList(Aggregate):
    """A JSON list of the values of all rows, in no order; NULL without rows."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **more)


def rows_of(others: QuerySet[Any], by: str, *fields: str) -> Subquery:
    """Return these fields of the `others` that belong to a story, as a list of lists; `by` is their field for it."""
    theirs = others.order_by().values(by).annotate(rows=JSONList(JSONRow(*fields)))
    return Subquery(theirs.values("rows"))


def byline_rows() -> Subquery:
    of_story = Byline.objects.filter(article=OuterRef("pk"))
    return rows_of(of_story, "article", "position", "id", "role", *(f"author__{name}" for name in AUTHOR_COLUMNS))


def tag_rows() -> Subquery:
    of_story = TaggedArticle.objects.filter(content_object=OuterRef("pk"))
    return rows_of(of_story, "content_object", "position", "id", *(f"tag__{name}" for name in TAG_COLUMNS))


def choice_rows() -> Subquery:
    return rows_of(RelatedChoice.objects.filter(article=OuterRef("pk")), "article", *CHOICE)


def picture_rows() -> Subquery:
    """Return the pictures of the text as it is stored."""
    of_story = RelatedChoice.stories().model.body_images.through.objects.filter(article=OuterRef("pk"))
    return rows_of(of_story, "article", *(f"image__{name}" for name in IMAGE_COLUMNS))


def translation_rows(visible: QuerySet[Article]) -> Subquery:
    """Return the visible stories of its group; each is looked up by its id, or SQLite would go through all of them."""
    group = visible.model._default_manager.filter(
        Exists(visible.order_by().filter(pk=OuterRef("pk"))), translation_group=OuterRef("translation_group")
    )
    return rows_of(group, "translation_group", "language", "headline", "slug", "address_date")


def read_bylines(rows: Iterable[list[Any]] | None, story: int) -> list[Byline]:
    """Return the bylines of the story with this id, in their order."""
    return [
        Byline(pk=pk, article_id=story, role=role, position=position, author=_partly(Author, AUTHOR_COLUMNS, values))
        for position, pk, role, *values in sorted(rows or ())
    ]


def read_tags(rows: Iterable[list[Any]] | None) -> list[Tag]:
    """Return the tags in their order."""
    return [_partly(Tag, TAG_COLUMNS, values) for _position, _pk, *values in sorted(rows or ())]


def read_related_choices(rows: Iterable[Any]) -> list[tuple[str, int, str]]:
    """Return (place, story id, who chose it, "" for nobody) in their order."""
    return [
        (place, story, f"{first or ''} {last or ''}".strip() or login or "")
        for place, _position, _pk, story, first, last, login in sorted(rows, key=lambda row: row[:3])
    ]


def read_pictures(rows: Iterable[list[Any]] | None) -> list[Image]:
    """Return the pictures in no order."""
    found = [_partly(Image, IMAGE_COLUMNS, values) for values in rows or ()]
    for image in found:
        if isinstance(image.renditions, str):  # SQLite keeps JSON as text
            image.renditions = json.loads(image.renditions)
    return found


def read_translations(rows: Iterable[list[Any]] | None) -> list[Article]:
    """Return the stories in the order of the site's languages, each with what a link needs."""
    story = RelatedChoice.stories().model
    links = {language: (headline, slug, date) for language, headline, slug, date in rows or ()}
    return [
        story(
            language=code,
            headline=links[code][0],
            slug=links[code][1],
            address_date=datetime.date.fromisoformat(links[code][2]),
        )
        for code, _name in settings.LANGUAGES
        if code in links
    ]


def _partly(model: Any, names: tuple[str, ...], values: list[Any]) -> Any:
    """Return the object with these fields; the others are loaded when somebody asks for them."""
    return model.from_db(DEFAULT_DB_ALIAS, names, values)
