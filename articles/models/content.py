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

from django.db import transaction

from articles import excerpts, richtext
from articles.characters import SURROGATE, is_blank, tidy
from articles.models.author import Author
from articles.models.image import Image
from articles.models.related_choice import RelatedChoice
from articles.models.section import Section
from articles.models.tag import Tag
from articles.slugs import ascii_slug, tag_key

if TYPE_CHECKING:
    from articles.models.article import Article

Content = dict[str, Any]

TEXTS = (
    *("headline", "slug", "kicker", "standfirst", "dateline", "body", "label", "language"),
    *("lead_caption", "compact_teaser", "long_teaser", "never_teased"),
)
SINGLE_CHOICES = ("section", "lead_image")
RELATED = {  # field → place
    "pinned_compact": RelatedChoice.Place.COMPACT,
    "pinned_long": RelatedChoice.Place.LONG,
    "never_here": RelatedChoice.Place.NEVER,
}
LISTS = ("authors", "tags", *RELATED)
FIELDS = (*TEXTS, *SINGLE_CHOICES, *LISTS)
LARGEST_ID = 2**63 - 1


def is_text(value: Any) -> bool:
    """Return whether every database and every page takes it: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and "\0" not in value and not SURROGATE.search(value)


def _is_entry(value: Any, length: int) -> bool:
    """Return whether it is a list of an id and texts."""
    if not isinstance(value, list) or len(value) != length:
        return False
    pk, *texts = value
    return type(pk) is int and 0 < pk <= LARGEST_ID and all(map(is_text, texts))  # True is an int too


def _is_entry_or_none(value: Any) -> bool:
    return value is None or _is_entry(value, 2)


def _are_entries(value: Any, length: int = 2) -> bool:
    return isinstance(value, list) and all(_is_entry(entry, length) for entry in value)


VALIDATORS: dict[str, Callable[[Any], bool]] = {  # whether a value is one that the field may have
    **dict.fromkeys(TEXTS, is_text),
    "never_teased": lambda value: isinstance(value, bool),
    **dict.fromkeys(SINGLE_CHOICES, _is_entry_or_none),
    **dict.fromkeys(LISTS, _are_entries),
    "authors": lambda value: _are_entries(value, 3),
}


@dataclass(frozen=True)
class Choices:
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
    version: int | None = None  # of the story that they began with; None: of the one at hand
    times: Mapping[str, datetime.datetime | None] = field(default_factory=dict)  # publish_at, unpublish_at …
    note: str = ""


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


def read_content(article: Article) -> Content:
    """Return the content that this story's row and its links hold."""
    found = article.stored_choices
    return {name: getattr(article, name) for name in TEXTS} | choices_as_pairs(found)


def read_choices(article: Article) -> Choices:
    """Return the rows that this story's row and links name. Three queries for a saved story, fewer with prefetching."""
    related: dict[str, list[Article]] = {name: [] for name in RELATED}
    if article.pk:
        fields = {place.value: name for name, place in RELATED.items()}
        for choice in article.related_choices.select_related("story").defer("story__body"):
            related[fields[choice.place]].append(choice.story)
    return Choices(
        section=article.section,
        lead_image=article.lead_image,
        authors=[(byline.author, byline.role) for byline in article.authors_in_order],
        tags=article.tags_in_order,
        related=related,
    )


def choices_as_pairs(found: Choices) -> Content:
    """Return the part of a content that names these rows."""
    return {
        "section": id_and_name(found.section),
        "lead_image": id_and_name(found.lead_image),
        "authors": [[author.pk, author.name, role] for author, role in found.authors],
        "tags": [id_and_name(tag) for tag in found.tags],
        **{name: [id_and_name(story) for story in found.related.get(name, [])] for name in RELATED},
    }


def clean_content(content: Content) -> Content:
    """Return the content as it is stored, whatever was typed: a clean body, a tidy headline, a slug."""
    headline = "" if is_blank(content["headline"]) else tidy(content["headline"])
    body = richtext.clean(content["body"])
    return {**content, "headline": headline, "body": body, "slug": content["slug"] or ascii_slug(headline)}


def recreate_tags(content: Content) -> Content:
    """Return the content with tags that exist: those created for it and rolled back with a refused save come back."""
    return {
        **content,
        "tags": [id_and_name(tag) for tag in Tag.objects.for_names([name for _pk, name in content["tags"]])],
    }


def lock_tags(content: Content, stored: Content) -> Content:
    """Return the content with its current tags, and lock them and those of `stored` against merging and deletion.

    The locks last until the transaction ends.

    A tag that is found gone, because a merge came first, is looked up again only after the others are let go: whoever
    takes a lock out of turn could wait for a merge that waits for him.
    """
    while content["tags"] or stored["tags"]:
        wanted, others = ({pk for pk, _name in one["tags"]} for one in (content, stored))
        with transaction.atomic():
            if wanted <= {tag.pk for tag in Tag.objects.lock_against_deletion(wanted | others)}:
                return content
            transaction.set_rollback(True)
        content = with_current_tags(content)
    return content


def with_current_tags(content: Content) -> Content:
    """Return the content with its current tags: a merged tag becomes the one that it went into."""
    return {**content, "tags": [id_and_name(tag) for tag in _tags(content["tags"])]}


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
    if name in LISTS:
        return [pk for pk, _name in value or ()]
    return value


def fetch_choices(content: Content) -> Choices:
    """Return the rows that a content names; a merged tag becomes the one that it went into. Five queries at most."""
    from articles.models.article import Article

    authors = Author.objects.in_bulk([pk for pk, _name, _role in content["authors"]])
    stories = Article.objects.defer("body").in_bulk([pk for name in RELATED for pk, _name in content[name]])
    return Choices(
        section=_one(Section, content["section"]),
        lead_image=_one(Image, content["lead_image"]),
        authors=[(authors[pk], role) for pk, _name, role in content["authors"] if pk in authors],
        tags=_tags(content["tags"]),
        related={name: [stories[pk] for pk, _name in content[name] if pk in stories] for name in RELATED},
    )


def bring_up_to_date(content: Content, today: Content) -> Content:
    """Return an old content with the current names of what it chooses, without what is gone.

    Slug and language are those of `today`, so that the address stays; so is the section where the old one is gone.
    """
    found = with_current_names(content)
    section = found["section"] or today["section"]
    return {**found, "section": section, "slug": today["slug"], "language": today["language"]}


def with_current_names(content: Content) -> Content:
    """Return the content with the current names of what it chooses, without what is gone.

    Two contents of different times can then be compared: a tag that was renamed or merged is no change of a story.
    """
    return {**content, **choices_as_pairs(fetch_choices(content))}


def _one(model: type[Any], pair: list[Any] | None) -> Any:
    return model.objects.filter(pk=pair[0]).first() if pair else None


def _tags(pairs: list[list[Any]]) -> list[Tag]:
    by_id = Tag.objects.current_by_id([pk for pk, _name in pairs])
    lost = [name for pk, name in pairs if pk not in by_id]
    by_key = Tag.objects.resolve_all(lost) if lost else {}
    found = [by_id.get(pk) or by_key.get(tag_key(name)) for pk, name in pairs]
    return list(dict.fromkeys(filter(None, found)))


def picture_ids(content: Content) -> list[int]:
    """Return the ids of the library's pictures in it, the lead picture first; also of a content that lacks fields."""
    lead = content.get("lead_image")
    return list(dict.fromkeys([*([lead[0]] if lead else []), *richtext.find_picture_ids(content.get("body", ""))]))


def count_words(content: Content) -> Counter[str]:
    """Return how often it holds each of its words."""
    texts = (content["headline"], content["standfirst"], excerpts.plain_text(content["body"]))
    return Counter(word for text in texts for word in text.split())
