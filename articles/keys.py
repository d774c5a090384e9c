"""The names of what pages show, as Surrogate-Key headers, the change log and its triggers write them.

`story-12` is what other pages show of a story, `story-12-page` what its own page shows besides, and `story-12-updated`
when it was changed, as feeds say. `section-3`, `author-4`, `tag-5` and `image-9` are those rows; `site` is what stands
around the content of every page. Lists have keys apart from what is in them: `stories-en`, `section-3-stories-en`; with
a month, as in `stories-en-2026-11`, only what came out in that month (UTC). A page below the first of a long list has
those of the months that it spans. `sitemap-stories-4` is what sitemaps say of the stories of a range of ids, `slug-x`
that something is, or may come to be, at an address that ends in this slug.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

SURROGATE_KEY = "Surrogate-Key"
EVERYTHING = "everything"  # in the log: all pages have changed
ANY = "any-change"  # of a page: it changes with every key
SITE = "site"
AUTHOR_LIST = "authors"  # the list of those who have public stories
TAG_LIST = "tags"  # of all tags, in every language
TAG_COUNTS = "tag-counts"  # which tags have stories enough to be named to search engines
ADDRESSES = "addresses"  # all former ones
IDS_IN_RANGE = 1_000  # of articles/sql/id_ranges.py
SLUG_LENGTH = 80  # characters of a slug that its key names: a key has 100 at most
MOST_MONTHS = 24  # that a page names; one that spans more depends on the whole list


def story(pk: int) -> str:
    return f"story-{pk}"


def story_page(pk: int) -> str:
    return f"story-{pk}-page"


def story_updated(pk: int) -> str:
    """Return the key of the time at which readers are told that it was last changed."""
    return f"story-{pk}-updated"


def image(pk: int) -> str:
    return f"image-{pk}"


def translations(group: UUID) -> str:
    return f"translations-{group.hex}"


def stories(language: str) -> str:
    return f"stories-{language}"


def stories_of(noun: str, pk: int, language: str) -> str:
    """Return the key of the list of a section's, an author's or a tag's stories.

    >>> stories_of("section", 3, "en")
    'section-3-stories-en'
    """
    return f"{noun}-{pk}-stories-{language}"


def tags(language: str) -> str:
    """Return the key of the list of the tags that are used in this language."""
    return f"tags-{language}"


def sitemap_stories(number: int) -> str:
    """Return the key of the addresses, headlines and times of the stories in this range of ids."""
    return f"sitemap-stories-{number}"


def slug(text: str) -> str:
    return f"slug-{text[:SLUG_LENGTH]}"


def of_months(key: str, months: Iterable[str] | None) -> list[str]:
    """Return the keys of these months of a list; that of the whole list for None.

    >>> of_months("stories-en", ["2025-12", "2026-01"]), of_months("stories-en", None)
    (['stories-en-2025-12', 'stories-en-2026-01'], ['stories-en'])
    """
    return [key] if months is None else [f"{key}-{month}" for month in months]


def months_between(first: datetime.datetime, last: datetime.datetime) -> list[str] | None:
    """Return the months (UTC) from one moment to another, both included; None for more than a page may name.

    >>> months_between(datetime.datetime(2025, 12, 9, 8, 0), datetime.datetime(2026, 1, 9, 8, 0))
    ['2025-12', '2026-01']
    """
    start, end = (_months_since_zero(moment) for moment in (first, last))
    if end - start >= MOST_MONTHS:
        return None
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def _months_since_zero(moment: datetime.datetime) -> int:
    moment = moment.astimezone(datetime.UTC) if moment.tzinfo else moment
    return moment.year * 12 + moment.month - 1


# The same in SQL, for triggers and for stories that change by themselves.

MONTH = {"sqlite": "substr({}, 1, 7)", "postgresql": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM')"}


@dataclass(frozen=True)
class KeySQL:
    """Keys of a row of some table: an expression in which {row} is that row. What is NULL is no key."""

    key: str
    source: str = ""  # another table that it reads
    condition: str = ""  # which rows of that one
    dated: str = ""  # of the key of a list: the moment of which its month has a key too

    def selects(self, vendor: str, row: str, table: str = "") -> list[str]:
        """Return the SELECTs of the keys of this row; with a table, of all its rows that a WHERE may add."""
        keys = [self.key, f"{self.key} || '-' || {MONTH[vendor].format(self.dated)}"] if self.dated else [self.key]
        sources = ", ".join(filter(None, (table and f"{table} {row}", self.source)))
        rest = f"{f' FROM {sources}' if sources else ''} WHERE {self.condition or 'true'}"
        return [f"SELECT {key}{rest}".format(row=row) for key in keys]


STORY_PAGE = (KeySQL("'story-' || {row}.id || '-page'"),)
STORY_UPDATED = (KeySQL("'story-' || {row}.id || '-updated'"),)
KEYS_OF_STORY = (
    KeySQL("'story-' || {row}.id"),
    KeySQL("'translations-' || replace(CAST({row}.translation_group AS text), '-', '')"),
)
_BYLINES = ("articles_byline link", "link.article_id = {row}.id")
_TAGGINGS = ("articles_taggedarticle link", "link.content_object_id = {row}.id")
SLUG = KeySQL(f"'slug-' || substr({{row}}.slug, 1, {SLUG_LENGTH})")
STORY_ADDRESS = (KeySQL(f"'sitemap-stories-' || (({{row}}.id - 1) / {IDS_IN_RANGE} + 1)"), SLUG)
STORY_LISTS = (
    KeySQL("'stories-' || {row}.language", dated="{row}.publish_at"),
    KeySQL("'section-' || {row}.section_id || '-stories-' || {row}.language", dated="{row}.publish_at"),
    KeySQL("'author-' || link.author_id || '-stories-' || link.language", *_BYLINES, dated="link.publish_at"),
    KeySQL(f"'{AUTHOR_LIST}'", *_BYLINES),
    KeySQL("'tag-' || link.tag_id || '-stories-' || link.language", *_TAGGINGS, dated="link.publish_at"),
    KeySQL("'tags-' || link.language", *_TAGGINGS),
)
BYLINE = (
    KeySQL("'story-' || {row}.article_id"),
    KeySQL("'author-' || {row}.author_id || '-stories-' || {row}.language", dated="{row}.publish_at"),
    KeySQL(f"'{AUTHOR_LIST}'"),
)
TAGGING = (
    KeySQL("'story-' || {row}.content_object_id || '-page'"),
    KeySQL("'tag-' || {row}.tag_id || '-stories-' || {row}.language", dated="{row}.publish_at"),
    KeySQL("'tags-' || {row}.language"),
)
PART_OF_STORY = (KeySQL("'story-' || {row}.article_id || '-page'"),)
