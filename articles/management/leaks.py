"""The leak check: hides canaries where no reader may look, opens every page of the site, and looks for them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import override_settings

from articles.management.canaries import Canaries
from articles.management.planting import plant_canaries
from articles.management.public_pages import list_addresses

MAX_PICTURES_OPENED = 100  # pictures that pages name
# Pages that show some of what readers may see; a check that does not find it there has seen nothing.
SHOWING = ("front", "article", "section", "author", "tag", "search", "feed", "archive_month", "sitemap_part")


@dataclass(frozen=True)
class Leak:
    path: str
    place: str  # what a reader could learn there

    def __str__(self) -> str:
        return f"{self.path} shows the {self.place}"


@dataclass
class LeakReport:
    fetched: list[tuple[int, str]] = field(default_factory=list)  # status and path
    leaks: list[Leak] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)  # names of pages that show nothing, though they should

    @property
    def passed(self) -> bool:
        return not self.leaks and not self.blind


def check_for_leaks() -> LeakReport:
    """Plant, open every page, and undo it all in one transaction: not even a crash leaves anything behind."""
    nowhere = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": secrets.token_hex()}
    with transaction.atomic(), override_settings(CACHES={"default": nowhere}):
        try:
            return LeakSearch(plant_canaries()).open_pages()
        finally:
            transaction.set_rollback(True)


class LeakSearch:
    """One walk over all pages."""

    def __init__(self, canaries: Canaries) -> None:
        site = urlsplit(settings.SITE_URL)
        self.client = Client(headers={"host": site.netloc})
        self.secure = site.scheme == "https"
        self.canaries = canaries
        self.hidden = _any_of(canaries.hidden)
        self.shown = _any_of(canaries.shown)
        self.pictures = re.compile(re.escape(settings.MEDIA_URL) + r"[\w./-]+")
        self.report = LeakReport()

    def open_pages(self) -> LeakReport:
        showing, pictures = set(), set()
        subjects = self.canaries.subjects.items()
        pages = {one.path: one.page for code, about in subjects for one in list_addresses(about, [code])}
        for path, page in pages.items():
            text = self.fetch(path)
            if self._unsaid_words(self.shown, text, path):
                showing.add(page)
            pictures |= set(self.pictures.findall(text))
        for path in sorted(pictures - pages.keys())[:MAX_PICTURES_OPENED] if settings.MEDIA_URL.startswith("/") else ():
            self.fetch(path)
        self.fetch(f"/{self.canaries.common}/")  # does not exist
        self.report.blind = [name for name in SHOWING if name not in showing]
        return self.report

    def fetch(self, path: str) -> str:
        """Return the response as text, headers first, and note leaks in it."""
        response = self.client.get(path, secure=self.secure)
        text = response_as_text(response)
        self.report.fetched.append((response.status_code, path))
        found = self._unsaid_words(self.hidden, text, path)
        self.report.leaks += [Leak(path, place) for place in sorted({self.canaries.hidden[word] for word in found})]
        return text

    def _unsaid_words(self, words: Callable[[str], list[str]], text: str, path: str) -> set[str]:
        """Return the words in a text that the request for this path did not contain itself."""
        return set(words(text.lower())) - set(words(path.lower()))


def response_as_text(response: HttpResponseBase) -> str:
    """Return a response as text: its headers, its cookies, its body."""
    head = [f"{name}: {value}" for name, value in response.items()] + [str(response.cookies)]
    return "\n".join(head) + "\n\n" + b"".join(response).decode(errors="replace")


def _any_of(words: dict[str, str] | set[str]) -> Callable[[str], list[str]]:
    return re.compile("|".join(map(re.escape, words))).findall
