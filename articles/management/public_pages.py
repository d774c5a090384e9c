"""Every address that anybody may open, found in the URL map, so that no check of the public site forgets a new page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation


class UnknownPage(Exception):
    """The URL map has a page for which no arguments are declared."""


@dataclass(frozen=True)
class Subjects:
    """The subjects of the addresses; sections, authors and tags are named by their slugs."""

    sections: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    stories: list[tuple[datetime.date, str]] = field(default_factory=list)  # by the date and slug of their address
    months: list[datetime.date] = field(default_factory=list)  # first days
    parts: list[tuple[str, int]] = field(default_factory=list)  # of sitemaps, by kind and number
    pictures: list[str] = field(default_factory=list)  # by the names of their files
    tokens: list[str] = field(default_factory=list)  # of share links
    questions: list[dict[str, str]] = field(default_factory=list)  # for the search page

    @property
    def years(self) -> list[int]:
        return sorted({month.year for month in self.months})


# The arguments of each page that takes some. A page that takes none needs no word here.
ARGUMENTS: dict[str, Callable[[Subjects], list[tuple[Any, ...]]]] = {
    **dict.fromkeys(("section", "section_feed", "section_feed_atom"), lambda about: _each(about.sections)),
    **dict.fromkeys(("author", "author_feed", "author_feed_atom"), lambda about: _each(about.authors)),
    **dict.fromkeys(("tag", "tag_feed", "tag_feed_atom"), lambda about: _each(about.tags)),
    "article": lambda about: list(about.stories),
    "archive_year": lambda about: _each(about.years),
    "archive_month": lambda about: _each(about.months),
    "sitemap_part": lambda about: list(about.parts),
    "picture": lambda about: _each(about.pictures),
    **dict.fromkeys(("missing_picture", "missing_file", "unknown_health"), lambda about: []),  # no pages
    "shared": lambda about: _each(about.tokens),
}

# Queries of a page besides its bare address.
OLDER_PAGE_QUERY = {"before": "9999-12-31-235959-1"}  # than what comes last: a deeper page with all that there is
QUERIES: dict[str, Callable[[Subjects], list[dict[str, str]]]] = {
    **dict.fromkeys(("section", "author", "tag", "archive_month"), lambda about: [OLDER_PAGE_QUERY]),
    "authors": lambda about: [{"from": "n"}],
    "tags": lambda about: [{"from": "a"}, {"from": "n"}, {"from": "z"}],
    "search": lambda about: about.questions,
}


@dataclass(frozen=True)
class PublicAddress:
    page: str  # its URL name
    language: str
    path: str  # with its query


def list_addresses(about: Subjects, languages: Iterable[str] = ()) -> Iterator[PublicAddress]:
    """Return every address of the pages about these subjects, in these languages (all). Raises UnknownPage."""
    seen = set()
    languages = languages or [code for code, _name in settings.LANGUAGES]
    for (name, takes), language in product(sorted(list_pages().items()), languages):
        with translation.override(language):
            paths = [reverse(name, args=arguments) for arguments in _arguments(name, takes, about)]
        queries = ["", *("?" + urlencode(query) for query in QUERIES.get(name, lambda about: [])(about))]
        for path in (path + query for path in paths for query in queries):
            if path not in seen:
                seen.add(path)
                yield PublicAddress(name, language, path)


def list_pages() -> dict[str, list[str]]:
    """Return URL name → its arguments, except for the desk. Raises UnknownPage for one without a name of its own."""
    found: dict[str, list[str]] = {}
    for name, route, takes in _routes(get_resolver().url_patterns, reverse("admin:index")):
        if not name or name in found:
            raise UnknownPage(f"The address “{route}” has no name of its own: give it one in its urls.py.")
        found[name] = takes
    return found


def _routes(
    patterns: list[URLPattern | URLResolver], desk: str, start: str = "", space: str = ""
) -> Iterator[tuple[str, str, list[str]]]:
    """Name ("" for none), route and arguments of each."""
    for one in patterns:
        route = start + str(one.pattern)
        if f"/{route}".startswith(desk):
            continue
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from _routes(one.url_patterns, desk, route, inside)
        else:
            yield f"{space}{one.name}" if one.name else "", route, list(one.pattern.converters)


def _arguments(name: str, takes: list[str], about: Subjects) -> list[tuple[Any, ...]]:
    if name in ARGUMENTS:
        return ARGUMENTS[name](about)
    if takes:
        wanted = ", ".join(takes)
        raise UnknownPage(f"Say in ARGUMENTS of articles/management/public_pages.py what {wanted} of “{name}” may be.")
    return [()]


def _each(values: list[Any]) -> list[tuple[Any, ...]]:
    return [(value,) for value in values]
