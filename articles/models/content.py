"""A story's flat form: all that an editor writes and chooses, as one JSON object.

Texts stand under their field's name. What is chosen stands as [id, name], so that an old version still reads when the
thing itself has been renamed, merged or deleted: `section` and `lead_image` are one such pair or None, `tags` and the
three lists of related stories are lists of them, and `authors` are [id, name, role]. Times and status are no part of
it: what a version restores is the story, not its plan.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from articles import excerpts, richtext
from articles.characters import SURROGATE, is_blank, tidy
from articles.models.related_choice import RelatedChoice
from articles.slugs import ascii_slug
from articles.sql.lookups import LARGEST_INTEGER

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.author import Author
    from articles.models.image import Image
    from articles.models.section import Section
    from articles.models.tag import Tag

Content = dict[str, Any]

TEXTS = (
    *("headline", "slug", "kicker", "standfirst", "dateline", "body", "label", "language"),
    *("lead_caption", "compact_teaser", "long_teaser", "never_teased"),
)
# Texts in somebody's own words, without markup: what is handed back when it cannot be saved, and must not leak.
PLAIN_TEXTS = tuple(name for name in TEXTS if name not in ("slug", "body", "label", "language", "never_teased"))
SINGLE_CHOICES = ("section", "lead_image")
RELATED_PLACES = {  # field → place
    "pinned_compact": RelatedChoice.Place.COMPACT,
    "pinned_long": RelatedChoice.Place.LONG,
    "never_here": RelatedChoice.Place.NEVER,
}
LIST_FIELDS = ("authors", "tags", *RELATED_PLACES)
FIELDS = (*TEXTS, *SINGLE_CHOICES, *LIST_FIELDS)


def is_text(value: Any) -> bool:
    """Return whether every database and every page takes it: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and "\0" not in value and not SURROGATE.search(value)


def _is_entry(value: Any, length: int) -> bool:
    """Return whether it is a list of an id and texts."""
    if not isinstance(value, list) or len(value) != length:
        return False
    pk, *texts = value
    return type(pk) is int and 0 < pk <= LARGEST_INTEGER and all(map(is_text, texts))  # True is an int too


def _is_entry_or_none(value: Any) -> bool:
    return value is None or _is_entry(value, 2)


def _are_entries(value: Any, length: int = 2) -> bool:
    return isinstance(value, list) and all(_is_entry(entry, length) for entry in value)


VALIDATORS: dict[str, Callable[[Any], bool]] = {  # whether a value is one that the field may have
    **dict.fromkeys(TEXTS, is_text),
    "never_teased": lambda value: isinstance(value, bool),
    **dict.fromkeys(SINGLE_CHOICES, _is_entry_or_none),
    **dict.fromkeys(LIST_FIELDS, _are_entries),
    "authors": lambda value: _are_entries(value, 3),
}


@dataclass(frozen=True)
class ChosenRows:
    """The rows that a content names, as they are today; what is gone is left out."""

    section: Section | None = None
    lead_image: Image | None = None
    authors: list[tuple[Author, str]] = field(default_factory=list)  # with their roles
    tags: list[Tag] = field(default_factory=list)
    related: dict[str, list[Article]] = field(default_factory=dict)  # by field


@dataclass(frozen=True)
class Edit:
    """What somebody saves in one go. Without a content, the story is saved as it was saved last."""

    content: Content | None = None
    version: int | None = None  # of the story that they began with; None: the current one
    times: Mapping[str, datetime.datetime | None] = field(default_factory=dict)  # publish_at, unpublish_at …
    note: str = ""
    reason: str = ""  # of a withdrawal, for readers


def fill_missing_fields(stored: Content, today: Callable[[], Content]) -> Content:
    """Return a content with all fields, as it was read from where it was stored (articles/models/stored_content.py).

    What it lacks, as a version from before a field was there, is as in `today`, the story's own content: nobody loses
    what was written into the field since by bringing the version back or publishing it.
    """
    return stored if len(stored) == len(FIELDS) else today() | stored


def valid_fields(stored: Any) -> Content:
    """Return those fields of a stored content that have a value of their shape; nothing else can be worked with.

    >>> valid_fields({"headline": "Le port ferme", "kicker": None, "tags": [[1, "Togo"]], "of later": 1})
    {'headline': 'Le port ferme', 'tags': [[1, 'Togo']]}
    """
    if not isinstance(stored, dict):
        return {}
    return {name: stored[name] for name in FIELDS if name in stored and VALIDATORS[name](stored[name])}


def choices_as_pairs(found: ChosenRows) -> Content:
    """Return the part of a content that names these rows."""
    return {
        **{name: id_and_name(getattr(found, name)) for name in SINGLE_CHOICES},
        "authors": [[author.pk, author.name, role] for author, role in found.authors],
        "tags": [id_and_name(tag) for tag in found.tags],
        **{name: [id_and_name(story) for story in found.related.get(name, [])] for name in RELATED_PLACES},
    }


def clean_content(content: Content) -> Content:
    """Return what was typed in the form in which it is stored: a clean body, a tidy headline, a slug."""
    headline = "" if is_blank(content["headline"]) else tidy(content["headline"])
    body = richtext.clean(content["body"])
    return {**content, "headline": headline, "body": body, "slug": content["slug"] or ascii_slug(headline)}


def id_and_name(row: Any) -> list[Any] | None:
    """Return [id, name] of a row, None for None."""
    return [row.pk, str(row)] if row else None


def is_same_content(one: Content, other: Content) -> bool:
    """Return whether both contents say the same: a tag that was renamed meanwhile is no change."""
    return not changed_fields(one, other)


def changed_fields(one: Content, other: Content) -> list[str]:
    """Return the names of the fields in which they differ, in the order of FIELDS."""
    return [name for name in FIELDS if _bare(name, one.get(name)) != _bare(name, other.get(name))]


def _bare(name: str, value: Any) -> Any:
    """Return a value without the names of what is chosen."""
    if name in SINGLE_CHOICES:
        return value[0] if value else None
    if name == "authors":
        return [(pk, role) for pk, _name, role in value or ()]
    if name in LIST_FIELDS:
        return [pk for pk, _name in value or ()]
    return value


def picture_ids(content: Content) -> list[int]:
    """Return the ids of the library's pictures in it, the lead picture first; also of a content that lacks fields."""
    lead = content.get("lead_image")
    return list(dict.fromkeys([*([lead[0]] if lead else []), *body_picture_ids(content)]))


def body_picture_ids(content: Content) -> list[int]:
    """Return the ids of the library's pictures in its body, in order; also of a content that lacks one."""
    return richtext.find_picture_ids(content.get("body", ""))


def count_words(content: Content) -> Counter[str]:
    """Return how often it holds each of its words."""
    texts = (content["headline"], content["standfirst"], excerpts.plain_text(content["body"]))
    return Counter(word for text in texts for word in text.split())
