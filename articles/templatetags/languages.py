"""Links to the other languages: {% languages translations %}, and {{ code|local_name }}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override

from articles.models import Article

register = template.Library()


@register.inclusion_tag("articles/_languages.html")
def languages(translations: Iterable[Article] | None = None) -> dict[str, Any]:
    """Each other language with the story's translation where there is one, else with its front page."""
    own = {story.language: story.get_absolute_url() for story in translations or ()}
    codes = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return {"links": [(code, local_name(code), own.get(code) or _front(code)) for code in codes]}


@register.filter
def local_name(code: str) -> str:
    """A language as its speakers write it; as the settings name it when Django does not know it.

    >>> local_name("fr"), local_name("tlh")
    ('Français', 'tlh')
    """
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return str(dict(settings.LANGUAGES).get(code, code))


def _front(code: str) -> str:
    with override(code):
        return reverse("front")
