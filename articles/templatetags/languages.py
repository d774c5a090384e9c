"""Ways to the other languages, and their names: {{ code|local_name }}."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override

from articles.models import Article

register = template.Library()


def ways(translations: Iterable[Article] | None = None) -> tuple[tuple[str, str, str], ...]:
    """(code, name, path) of each other language: of the story's translation where there is one, else its front page."""
    own = {story.language: story.get_absolute_url() for story in translations or ()}
    codes = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return tuple((code, local_name(code), own.get(code) or _front(code)) for code in codes)


@register.filter
@cache
def local_name(code: str) -> str:
    """A language as its speakers write it; as the settings name it when Django does not know it.

    >>> local_name("fr"), local_name("tlh")
    ('Français', 'tlh')
    """
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return str(dict(settings.LANGUAGES).get(code, code))


@cache
def _front(code: str) -> str:
    with override(code):
        return reverse("front")
