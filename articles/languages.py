"""Links to the other languages, and their names."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override

from articles.models import Article


def links_to_languages(translations: Iterable[Article] | None = None) -> tuple[tuple[str, str, str], ...]:
    """Return (code, name, path) of each other language: of its translation of the story, else of its front page."""
    own = {story.language: story.get_absolute_url() for story in translations or ()}
    codes = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return tuple((code, local_name(code), own.get(code) or _front(code)) for code in codes)


def local_name(code: str) -> str:
    """Return how its speakers write a language; the name in the settings when Django does not know it.

    >>> local_name("fr"), local_name("tlh")
    ('Français', 'tlh')
    """
    return _name(code, "name_local")


def language_name(code: str) -> str:
    """Return the name of a language in the active language; the name in the settings when Django does not know it.

    >>> language_name("fr"), language_name("tlh")
    ('French', 'tlh')
    """
    return _name(code, "name_translated")


def _name(code: str, kind: str) -> str:
    try:
        return str(get_language_info(code)[kind]).capitalize()
    except KeyError:
        return str(dict(settings.LANGUAGES).get(code, code))


def _front(code: str) -> str:
    with override(code):
        return reverse("front")
