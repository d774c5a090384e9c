"""The site’s sections, which every page shows: read once a request, or once until something changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest

from articles import clock
from articles.models import Section
from articles.sql.compiled_query import CompiledQuery

SECTIONS = CompiledQuery(lambda: Section.objects.with_first_due())
SHARED_ENVIRON_KEY = "newsroom.shared"  # in a request's environment: newsroom/page_cache/wrapper.py puts it there


def sections(request: HttpRequest) -> list[Section]:
    """Return all sections in the menu's order; other requests share the objects. One query a change, or a request."""
    shared = _shared(request)
    found: list[Section] | None = shared.get("sections")
    if found is None:
        found = shared["sections"] = SECTIONS.fetch()
    return found


def published_total(request: HttpRequest) -> int:
    """Return how many stories the site has published."""
    return sum(section.story_count for section in sections(request))


def forget(request: HttpRequest) -> None:
    """Forget the sections: something about them has changed, such as how many stories each has."""
    _shared(request).pop("sections", None)


def _shared(request: HttpRequest) -> dict[str, Any]:
    """Return what holds until something public changes, where a process watches that; else until the request ends."""
    shared: dict[str, Any] = request.META.setdefault(SHARED_ENVIRON_KEY, {})
    return shared


def changes_are_due(request: HttpRequest) -> bool:
    """Return whether the time of some story's scheduled changes has come. Each public story is in a section."""
    first_due = next((section.__dict__["first_due"] for section in sections(request)), None)
    return first_due is not None and first_due <= clock.now()


def menu(request: HttpRequest) -> list[Section]:
    """Return the sections that the menu names, in its order."""
    return [section for section in sections(request) if section.in_menu]


class Entry(NamedTuple):
    """A section in the menu."""

    pk: int
    label: str
    path: str


def entries(sections: Iterable[Section] | None) -> list[Entry]:
    """Return what the menu shows of these sections, in the language of the page."""
    return [Entry(section.pk, section.label, section.get_absolute_url()) for section in sections or ()]
