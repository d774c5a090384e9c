"""Links from one story's text to another: stored by the other's number, so that they follow its address.

What somebody typed or pasted as an address of a story of ours is stored by number too, if that person may read the
story: nobody learns from a link whether there is a story that they may not see.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings

from articles import excerpts, richtext
from articles.models.article_fields import default_language
from articles.models.former_address import FormerAddress
from articles.models.related_choice import RelatedChoice

if TYPE_CHECKING:
    from articles.models.article import Article, ArticleQuerySet
    from articles.users import User

STORY_PATH = re.compile(r"(?:/([a-z]{2,3}(?:-[a-z0-9]+)*))?/(\d{4})/(\d\d)/(\d\d)/([-\w]+)/?", re.ASCII)


class StoryAddress(NamedTuple):
    """An address as a story has it: in its language, under its day."""

    language: str
    date: datetime.date
    slug: str


def number_story_links(body: str, by: User | None) -> str:
    """Return a clean body whose links to stories that `by` may read name them by number; None reads what is public.

    No query for a text without links to stories, else two at most.
    """
    paths = {address: path for address in richtext.find_addresses(body) if (path := own_path(address))}
    wanted = {address: place for address, path in paths.items() if (place := parse_story_path(path))}
    room = max(0, richtext.MAX_LINKED_STORIES - len(richtext.find_story_ids(body)))
    wanted = dict(list(wanted.items())[:room])  # further addresses stay as they are, and lead there too
    if not wanted:
        return body
    stories = RelatedChoice.stories()
    readable = stories.readable_by(by) if by else stories.visible()
    numbers = _at_addresses(readable, set(wanted.values()))
    former = {paths[address] for address, place in wanted.items() if place not in numbers}
    moved = _at_former_paths(readable, former) if former else {}
    found = {address: numbers.get(place) or moved.get(paths[address]) for address, place in wanted.items()}
    return richtext.replace_addresses(
        body, {address: richtext.story_link(number) for address, number in found.items() if number}
    )


def own_path(address: str) -> str:
    """Return the path of an address of this site, without query and fragment; "" for others."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    is_own = not parts.netloc or (host == urlsplit(settings.SITE_URL).hostname and parts.scheme in ("http", "https"))
    return unquote(parts.path) if is_own else ""


def parse_story_path(path: str) -> StoryAddress | None:
    """Return what a path says of the story that may be there.

    >>> parse_story_path("/2026/02/30/port/"), parse_story_path("/tag/mali/")
    (None, None)
    """
    found = STORY_PATH.fullmatch(path)
    if found is None:
        return None
    language, year, month, day, slug = found.groups()
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return StoryAddress(language or default_language(), date, slug)


def gone_links(body: str) -> list[str]:
    """Return the words of the links in a clean body to stories that readers can no longer see. At most one query."""
    links = richtext.find_story_links(body)
    stories = _in_bulk(richtext.find_story_ids(body))
    gone = [words for number, words in links if number not in stories or stories[number].is_gone]
    return list(dict.fromkeys(filter(None, map(excerpts.plain_text, gone))))


def visible_targets(body: str) -> list[Article]:
    """Return the stories that a clean body links to and the public may see, each with what its address needs.

    One query, none for a text without such links.
    """
    numbers = richtext.find_story_ids(body)
    if not numbers:
        return []
    return list(RelatedChoice.stories().visible().among(numbers).only("language", "slug", "address_date"))


def _in_bulk(numbers: list[int]) -> dict[int, Article]:
    columns = ("status", "unpublish_at", "first_published_at")
    found: dict[int, Article] = RelatedChoice.stories().only(*columns).in_bulk(numbers) if numbers else {}
    return found


def _at_addresses(stories: ArticleQuerySet, places: set[StoryAddress]) -> dict[StoryAddress, int]:
    """Look by days and slugs, each in a list: the databases take no condition of hundreds of alternatives."""
    days, slugs = {place.date for place in places}, {place.slug for place in places}
    rows = stories.filter(address_date__in=days, slug__in=slugs).values_list("language", "address_date", "slug", "pk")
    found = {StoryAddress(language, date, slug): pk for language, date, slug, pk in rows}
    return {place: found[place] for place in places if place in found}


def _at_former_paths(stories: ArticleQuerySet, paths: set[str]) -> dict[str, int]:
    whole = {path if path.endswith("/") else f"{path}/": path for path in paths}
    rows = FormerAddress.objects.filter(path__in=whole, article__in=stories.values("pk"))
    return {whole[path]: pk for path, pk in rows.values_list("path", "article_id")}
