"""Paths of public pages that many pages link to, put together by hand: `reverse` takes ten times as long."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def in_language_of_page(path: str) -> str:
    """Return a public path as it is in the language that is on: the site's first language has no prefix."""
    language = get_language()
    return path if language in (settings.LANGUAGE_CODE, None) else f"/{language}{path}"
