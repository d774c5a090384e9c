"""The one shape that every file of stories is read into, whatever its format."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, linebreaks

from articles.characters import without_junk
from articles.models import Article

YEARS_ACCEPTED = range(2, 9999)  # years that both databases and every time zone can store


class BadItem(ValueError):
    """The error in an item, in words for the person who imports."""


@dataclass(frozen=True)
class ImportedStory:
    """A story as a file gives it. Authors and tags are names, sections a slug or a name; HTML is not yet clean."""

    source_id: str
    headline: str
    html: str
    language: str
    published_at: datetime.datetime
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str = ""
    slug: str = ""
    kicker: str = ""
    dateline: str = ""
    label: str = ""  # of Article.Label

    @property
    def texts(self) -> dict[str, str]:
        """Return what every import writes as it stands, by the names of the story's fields.

        Most files have no kicker, dateline or label: what the desk gave a story meanwhile stays then.
        """
        extras = {"kicker": self.kicker, "dateline": self.dateline, "label": self.label}
        return {
            "headline": " ".join(self.headline.split()),
            "standfirst": self.standfirst,
            "body": self.html,
            "language": self.language,
            **{name: text for name, text in extras.items() if text},
        }


@dataclass(frozen=True)
class ImportProblem:
    """An item that was left out."""

    number: int  # counted from 1
    source_id: str
    reason: str


@dataclass(frozen=True)
class ImportSource:
    """An opened file: how many items it says to have (None: unknown) and the items or what is wrong with them."""

    entries: Iterator[ImportedStory | ImportProblem]
    total: int | None = None
    names: dict[str, str] = field(default_factory=dict)  # names of sections, by slug


def read_text(data: dict[str, Any], key: str) -> str:
    """Return the text at `key`, "" without it. Raises BadItem for anything but text."""
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadItem(f"“{key}” is not text")
    return without_junk(value).strip()


def read_texts(data: dict[str, Any], key: str) -> list[str]:
    value = data.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadItem(f"“{key}” is not a list of texts")
    return [without_junk(one) for one in value]


def read_id(data: dict[str, Any]) -> str:
    """Return the item's id as text; feeds give numbers too. Raises BadItem without one."""
    value = data.get("id")
    found = without_junk(str(value)).strip() if isinstance(value, str | int | float) else ""
    if not found:
        raise BadItem("“id” is missing")
    return found


def read_moment(data: dict[str, Any], key: str) -> datetime.datetime:
    """Return the moment of an RFC 3339 time; one without a zone is in the site's."""
    text = read_text(data, key)
    if not text:
        raise BadItem(f"“{key}” is missing")
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise BadItem(f"“{key}” is no date: {text[:40]}") from None
    if moment.year not in YEARS_ACCEPTED:
        raise BadItem(f"“{key}” is too far away: {text[:40]}")
    return moment if moment.tzinfo else timezone.make_aware(moment, timezone.get_default_timezone())


def find_language(code: str) -> str:
    """Return the site's language for a BCP 47 code: “fr-CI” is “fr”."""
    known = [known for known, _name in settings.LANGUAGES]
    code = code.strip().lower() or known[0]
    for candidate in (code, code.split("-")[0]):
        if candidate in known:
            return candidate
    raise BadItem(f"the language {code} is not one of this site ({', '.join(known)})")


def read_extras(data: dict[str, Any]) -> dict[str, str]:
    """Return kicker, dateline and label, "" where there is none. Raises BadItem for a label that is none of ours."""
    extras = {name: read_text(data, name) for name in ("kicker", "dateline", "label")}
    if extras["label"] and extras["label"] not in Article.Label.values:
        raise BadItem(f"the label {extras['label'][:40]} is none of {', '.join(Article.Label.values)}")
    return extras


def paragraphs_html(text: str) -> str:
    """Return plain text as paragraphs."""
    return linebreaks(escape(text))
