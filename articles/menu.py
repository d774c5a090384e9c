"""The site's sections, which every page shows: read once a request."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from articles.models import Prepared, Section

SECTIONS = Prepared(lambda: Section.objects.with_first_due(), keeps=500)


def sections(request: HttpRequest) -> list[Section]:
    """All of them, in the menu's order; other requests share the objects. One query, once."""
    found: list[Section] | None = request.__dict__.get("sections")
    if found is None:
        found = request.__dict__["sections"] = SECTIONS.ask()
    return found


def forget(request: HttpRequest) -> None:
    """What was read of them has changed since, such as how many stories each has."""
    request.__dict__.pop("sections", None)


def changes_are_due(request: HttpRequest) -> bool:
    """Whether the time of some story's scheduled changes has come. Each public story is in a section."""
    first_due = next((section.__dict__["first_due"] for section in sections(request)), None)
    return first_due is not None and first_due <= timezone.now()


def menu(request: HttpRequest) -> list[Section]:
    """Those that the menu names, in its order."""
    return [section for section in sections(request) if section.in_menu]
