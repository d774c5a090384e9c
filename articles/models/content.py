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
ONE = ("section", "lead_image")
RELATED = {  # field → place
    "pinned_compact": RelatedChoice.Place.COMPACT,
    "pinned_long": RelatedChoice.Place.LONG,
    "never_here": RelatedChoice.Place.NEVER,
}
LISTS = ("authors", "tags", *RELATED)
FIELDS = (*TEXTS, *ONE, *LISTS)
LARGEST_ID = 2**63 - 1


def is_text(value: Any) -> bool:
    """Whether every database and every page takes it: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and "\0" not in value and not SURROGATE.search(value)


def _is_entry(value: Any, length: int) -> bool:
    """Whether it is a list of an id and texts."""
    if not isinstance(value, list) or len(value) != length:
        return False
    pk, *texts = value
    return type(pk) is int and 0 < pk <= LARGEST_ID and all(map(is_text, texts))  # True is an int too


def _is_entry_or_none(value: Any) -> bool:
    return value is None or _is_entry(value, 2)


def _are_entries(value: Any, length: int = 2) -> bool:
    return isinstance(value, list) and all(_is_entry(entry, length) for entry in value)


SHAPES: dict[str, Callable[[Any], bool]] = {  # whether a value is one that the field may have
    **dict.fromkeys(TEXTS, is_text),
    "never_teased": lambda value: isinstance(value, bool),
    **dict.fromkeys(ONE, _is_entry_or_none),
    **dict.fromkeys(LISTS, _are_entries),
    "authors": lambda value: _are_entries(value, 3),
}


@dataclass(frozen=True)
class Choices:
    """What a content names, as it is today; what is gone is left out."""

    section: Section | None = None
    lead_image: Image | None = None
    authors: list[tuple[Author, str]] = field(default_factory=list)  # with their roles
    tags: list[Tag] = field(default_factory=list)
    related: dict[str, list[Article]] = field(default_factory=dict)  # by field


@dataclass(frozen=True)
class Edit:
    """What somebody saves in one go. Without a content, that of the story as it was saved last."""

    content: Content | None = None
    version: int | None = None  # of the story that they began with; None: of the one at hand
    times: Mapping[str, datetime.datetime | None] = field(default_factory=dict)  # publish_at, unpublish_at …
    note: str = ""


def completed(stored: Content, today: Callable[[], Content]) -> Content:
    """Return a content with all fields, as it was read from where it was stored (articles/models/stored_content.py).

    What it lacks, as a version from before a field was there, is as in `today`, the story's own content: nobody loses
    what was written into the field since by bringing the version back or publishing it.
    """
    return stored if len(stored) == len(FIELDS) else today() | stored


def well_formed(stored: Any) -> Content:
    """Return those fields of a stored content that have a value of their shape; nothing else can be worked with.

    >>> well_formed({"headline": "Le port ferme", "kicker": None, "tags": [[1, "Togo"]], "of later": 1})
    {'headline': 'Le port ferme', 'tags': [[1, 'Togo']]}
    """
    if not isinstance(stored, dict):
        return {}
    return {name: stored[name] for name in FIELDS if name in stored and SHAPES[name](stored[name])}


def read(article: Article) -> Content:
    """The content that this story's row and its links hold."""
    found = article.stored_choices
    return {name: getattr(article, name) for name in TEXTS} | named_choices(found)


def chosen(article: Article) -> Choices:
    """What this story's row and its links name. Three queries for a saved story, fewer when they were prefetched."""
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


def named_choices(found: Choices) -> Content:
    """The part of a content that names these."""
    return {
        "section": named(found.section),
        "lead_image": named(found.lead_image),
        "authors": [[author.pk, author.name, role] for author, role in found.authors],
        "tags": [named(tag) for tag in found.tags],
        **{name: [named(story) for story in found.related.get(name, [])] for name in RELATED},
    }


def tidied(content: Content) -> Content:
    """As it is stored, whatever was typed: a clean body, a headline without stray spaces, a slug."""
    headline = "" if is_blank(content["headline"]) else tidy(content["headline"])
    body = richtext.clean(content["body"])
    return {**content, "headline": headline, "body": body, "slug": content["slug"] or ascii_slug(headline)}


def with_its_tags(content: Content) -> Content:
    """With tags that are there: those that were made for it and undone with a refused save are made again."""
    return {**content, "tags": [named(tag) for tag in Tag.objects.for_names([name for _pk, name in content["tags"]])]}


def with_tags_held(content: Content, stored: Content) -> Content:
    """With its tags as they are today. Nobody merges or deletes them, or those of `stored`, until the transaction ends.

    A tag that is found gone, because a merge came first, is looked up again only after the others are let go: whoever
    takes a lock out of turn could wait for a merge that waits for him.
    """
    while content["tags"] or stored["tags"]:
        wanted, others = ({pk for pk, _name in one["tags"]} for one in (content, stored))
        with transaction.atomic():
            if wanted <= {tag.pk for tag in Tag.objects.share(wanted | others)}:
                return content
            transaction.set_rollback(True)
        content = with_tags_today(content)
    return content


def with_tags_today(content: Content) -> Content:
    """With the tags that its own are today: one that was merged is the one that it went into."""
    return {**content, "tags": [named(tag) for tag in _tags(content["tags"])]}


def named(row: Any) -> list[Any] | None:
    """[id, name] of a row, None of None."""
    return [row.pk, str(row)] if row else None


def same(one: Content, other: Content) -> bool:
    """Whether both say the same: a tag that was renamed meanwhile is no change."""
    return not changed_fields(one, other)


def changed_fields(one: Content, other: Content) -> list[str]:
    """The names of the fields in which they differ, in the order of FIELDS."""
    return [name for name in FIELDS if _bare(name, one.get(name)) != _bare(name, other.get(name))]


def _bare(name: str, value: Any) -> Any:
    """Without the names of what is chosen."""
    if name in ONE:
        return value[0] if value else None
    if name == "authors":
        return [(pk, role) for pk, _name, role in value or ()]
    if name in LISTS:
        return [pk for pk, _name in value or ()]
    return value


def choices(content: Content) -> Choices:
    """The rows that a content names; a tag that was merged is the one that it went into. Five queries at most."""
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


def renewed(content: Content, today: Content) -> Content:
    """An old content with what it names as it is today: what is gone is left out, the section never is.

    It stays where it is: the address follows `today`, not the time when the address was another.
    """
    found = named_today(content)
    section = found["section"] or today["section"]
    return {**found, "section": section, "slug": today["slug"], "language": today["language"]}


def named_today(content: Content) -> Content:
    """The same content, naming what it names as it is called today, without what is gone.

    Two contents of different times can then be compared: a tag that was renamed or merged is no change of a story.
    """
    return {**content, **named_choices(choices(content))}


def _one(model: type[Any], pair: list[Any] | None) -> Any:
    return model.objects.filter(pk=pair[0]).first() if pair else None


def _tags(pairs: list[list[Any]]) -> list[Tag]:
    by_id = Tag.objects.today([pk for pk, _name in pairs])
    lost = [name for pk, name in pairs if pk not in by_id]
    by_key = Tag.objects.resolve_all(lost) if lost else {}
    found = [by_id.get(pk) or by_key.get(tag_key(name)) for pk, name in pairs]
    return list(dict.fromkeys(filter(None, found)))


def picture_ids(content: Content) -> list[int]:
    """The library's pictures in it, the lead picture first; also of a content that lacks fields."""
    lead = content.get("lead_image")
    return list(dict.fromkeys([*([lead[0]] if lead else []), *richtext.find_picture_ids(content.get("body", ""))]))


def words(content: Content) -> Counter[str]:
    """Every word that it holds, and how often."""
    texts = (content["headline"], content["standfirst"], excerpts.plain_text(content["body"]))
    return Counter(word for text in texts for word in text.split())
