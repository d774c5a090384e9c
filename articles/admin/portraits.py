"""The small round portrait that stands before a name on a list of people: a photo, or the initials."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image
from articles.pictures import thumbnail


def with_portrait(name: str, photo: Image | None = None) -> SafeString:
    """Return the name behind its portrait, which says nothing to a screen reader."""
    portrait = thumbnail(photo, 48, 48) if photo else initials(name)
    return format_html('<span class="portrait" aria-hidden="true">{}</span>{}', portrait, name)


def initials(name: str) -> str:
    """Return the first letter of the first and of the last word.

    >>> initials("Moutiou Adjibi Nourou")
    'MN'
    >>> initials("awa")
    'A'
    """
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()
