"""The context that every reader's page needs around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles import clock
from articles.menu import menu


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, its sections (one query, only where a template shows them) and today."""
    return {
        "site_name": settings.SITE_NAME,
        "sections": SimpleLazyObject(lambda: menu(request)),
        "now": getattr(request, "shown_at", None) or clock.now(),
    }
