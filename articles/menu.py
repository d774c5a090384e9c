"""The site’s sections, which every page shows: read once a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest

from articles import clock
from articles.models import Section
from articles.sql.compiled_query import CompiledQuery

SECTIONS_QUERY = CompiledQuery(lambda: Section.objects.with_first_due())
SECTIONS_KEY = "newsroom.sections"  # in request.META, which no other request shares


def sections(request: HttpRequest) -> list[Section]:
    """Return all sections in the menu's order. One query a request."""
    found: list[Section] | None = request.META.get(SECTIONS_KEY)
    if found is None:
        found = request.META[SECTIONS_KEY] = SECTIONS_QUERY.fetch()
    return found


def published_total(request: HttpRequest) -> int:
    """Return how many stories the site has published."""
    return sum(section.story_count for section in sections(request))


def forget_sections(request: HttpRequest) -> None:
    """Forget the sections: something about them has changed, such as how many stories each has."""
    request.META.pop(SECTIONS_KEY, None)


def changes_are_due(request: HttpRequest) -> bool:
    """Return whether the time of some story's scheduled changes has come. Each public story is in a section."""
    first_due = next((section.__dict__["first_due"] for section in sections(request)), None)
    return first_due is not None and first_due <= clock.now()


def menu(request: HttpRequest) -> list[Section]:
    """Return the sections that the menu names, in its order."""
    return [section for section in sections(request) if section.in_menu]


class MenuEntry(NamedTuple):
    """A section in the menu."""

    pk: int
    label: str
    path: str


def entries(sections: Iterable[Section] | None) -> list[MenuEntry]:
    """Return what the menu shows of these sections, in the language of the page."""
    return [MenuEntry(section.pk, section.label, section.get_absolute_url()) for section in sections or ()]
