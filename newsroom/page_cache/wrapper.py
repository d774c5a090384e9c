"""The WSGI wrapper: a page that is held goes out at once, any other is made by Django, once for all who wait."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import wait
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from articles.menu import SHARED
from newsroom.page_cache.conditions import best_encoding, is_known_since, names
from newsroom.page_cache.key import Asked, Key, asked_for
from newsroom.page_cache.makers import FAILED, Application, Environ, Makers, Rendered, StartResponse
from newsroom.page_cache.page import Page, is_storable
from newsroom.page_cache.shelf import Shelf
from newsroom.page_cache.watch import Answer, Watch

LASTS = 60 * 60  # seconds a page holds though nothing changed: some say how old something is
GRACE = 0.5  # seconds that a page may go on while it is made anew
STALE = 24 * 60 * 60  # seconds that a page may go on while the database does not answer
WAITS = 10  # seconds that a reader waits for others
ASIDE = 16  # of so many parts of the memory, one for searches and what is not there: they push no page out
DATED = 2.0  # seconds after a turn from which on a page's second is its own
WATCHES = 0.1  # seconds after which who waits looks whether that is still worth it
RETRY = 5  # seconds
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING")


@dataclass
class Flight:
    """A page that is being made."""

    done: threading.Event = field(default_factory=threading.Event)


class PageCache:
    def __init__(self, django: Application, size: int) -> None:
        """With `size` bytes of memory for pages, in each process."""
        self.django = django
        self.pages, self.aside = Shelf(size), Shelf(size // ASIDE)
        self.watch = Watch()
        self._flights: dict[Key, Flight] = {}
        self._lock = threading.Lock()
        self.makers = Makers(django)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = asked_for(environ)
        if asked is None:
            return self.django(environ, start_response)
        now = time.monotonic()
        answer = self.watch.answer(now)
        if not self.pages.limit:
            return self._anew(environ, start_response, answer)
        held = self._held(asked.key)
        if held and held.edition == answer.edition:
            held.known_at = max(held.known_at, answer.at)
        page = held if held and self._holds(held, answer, now) else self._made(environ, asked, held, answer, now)
        if isinstance(page, Page) and not (page.is_redirect and asked.has_more):
            return self._send(page, asked.key, environ, start_response)
        if page is None:
            return unavailable(environ, start_response)
        if isinstance(page, Rendered) and not asked.has_more:
            return passed_on(page, environ, start_response)
        return self._anew(environ, start_response, answer)

    def _anew(self, environ: Environ, start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
        """What is asked for as it is asked for, made by Django."""
        rendered = self._by_django(environ | {SHARED: answer.shared})
        if rendered is None or rendered.database_failed:
            return unavailable(environ, start_response)
        return passed_on(rendered, environ, start_response)

    def _held(self, key: Key) -> Page | None:
        return self.pages.get(key) or self.aside.get(key)

    def _holds(self, page: Page, answer: Answer, now: float) -> bool:
        return page.edition == answer.edition and now < page.until and not self.watch.is_failing

    def _made(
        self, environ: Environ, asked: Asked, old: Page | None, answer: Answer, now: float
    ) -> Page | Rendered | None:
        """The page anew; the old one while another makes it or when it cannot be made; None when there is none."""
        usable = old if old and now - old.known_at < STALE else None
        if self.watch.is_failing:
            return usable
        with self._lock:
            flight = self._flights.get(asked.key)
            if is_mine := flight is None:
                flight = self._flights[asked.key] = Flight()
        if not is_mine:
            return self._others(environ, asked, old, flight, answer, now)
        try:
            return self._render(environ, asked, usable, answer)
        finally:
            with self._lock:
                del self._flights[asked.key]
            flight.done.set()

    def _wait_for(self, happened: Callable[[float], bool], give_up: Callable[[], bool] = lambda: True) -> bool:
        """Until this, asked with a time in seconds, says yes; no when the database does not answer, or not in time.

        Who may not `give_up` after that time waits on.
        """
        end = time.monotonic() + WAITS
        while not happened(WATCHES):
            now = time.monotonic()
            self.watch.answer(now)
            if self.watch.is_failing or (now > end and give_up()):
                return False
        return True

    def _others(
        self, environ: Environ, asked: Asked, old: Page | None, flight: Flight, answer: Answer, now: float
    ) -> Page | Rendered | None:
        """What somebody else is making: the old page as long as it may go on, else theirs."""
        if old and now - old.known_at < GRACE:
            return old
        self._wait_for(flight.done.wait)
        new = self._held(asked.key)
        if new is not None and new is not old:
            return new
        if self.watch.is_failing:
            return old
        return self._rendered(environ, asked, answer)

    def _render(self, environ: Environ, asked: Asked, old: Page | None, answer: Answer) -> Page | Rendered | None:
        at, now = time.time(), time.monotonic()
        rendered = self._rendered(environ, asked, answer)
        if rendered is None:
            return old
        if rendered.status.startswith("5"):
            return old or (None if rendered.database_failed else rendered)
        if not is_storable(rendered.status, rendered.headers):
            self.pages.drop(asked.key)
            self.aside.drop(asked.key)
            return rendered
        page = Page(
            rendered.status,
            rendered.headers,
            rendered.body,
            edition=answer.edition,
            until=now + LASTS,
            known_at=now,
            modified=int(at),
            is_dated=now - answer.turned_at > DATED,
            before=old,
        )
        self._put(asked.key, page)
        return page

    def _rendered(self, environ: Environ, asked: Asked, answer: Answer) -> Rendered | None:
        """By Django, as whole and uncompressed text of exactly what the key says."""
        plain = {name: value for name, value in environ.items() if name not in CONDITIONS}
        plain |= {"REQUEST_METHOD": "GET", "QUERY_STRING": asked.key.query, SHARED: answer.shared}
        return self._by_django(plain)

    def _by_django(self, environ: Environ) -> Rendered | None:
        """None when the database does not answer, or no maker is free in time."""
        making = self.makers.start(environ)
        if self._wait_for(lambda seconds: bool(wait([making], seconds).done), give_up=making.cancel):
            return making.result()
        making.cancel()
        return None

    def _put(self, key: Key, page: Page) -> None:
        self.pages.drop(key)
        self.aside.drop(key)
        self._shelf(key, page).put(key, page)

    def _shelf(self, key: Key, page: Page) -> Shelf:
        return self.aside if page.is_missing or "/search/" in key.path else self.pages

    def _send(self, page: Page, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers, body = page.ready.get(encoding) or self._shelf(key, page).form(key, page, encoding)
        headers = [*headers, ("Age", str(int(time.monotonic() - page.known_at)))]
        if page.is_found and is_unchanged(page, page.tag(encoding), environ):
            start_response("304 Not Modified", [header for header in headers if header[0] not in OF_BODY])
            return [b""]
        start_response(page.status, headers)
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]


OF_BODY = {"Content-Length", "Content-Encoding", "Content-Type"}


def is_unchanged(page: Page, etag: str, environ: Mapping[str, Any]) -> bool:
    """Whether the reader has this page: by its tag when one is named, else by its date."""
    if "HTTP_IF_NONE_MATCH" in environ:
        return names(environ["HTTP_IF_NONE_MATCH"], etag)
    since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
    return bool(since) and page.is_dated and is_known_since(since, page.modified)


def passed_on(rendered: Rendered, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response(rendered.status, rendered.headers)
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [rendered.body]


def unavailable(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """503: the database does not answer, and the page is not held."""
    language = translation.get_language_from_path(environ["PATH_INFO"]) or settings.LANGUAGE_CODE
    with translation.override(language):
        words = _("This page cannot be shown at the moment. Please try again in a few seconds.")
    body = f"{words}\n".encode()
    headers = [
        ("Content-Language", language),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(RETRY)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response("503 Service Unavailable", headers)
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def note_failure(sender: Any, request: HttpRequest | None = None, **_more: Any) -> None:
    """While Django handles the exception: whether it was the database's."""
    if request is not None and isinstance(sys.exc_info()[1], Error):
        request.META[FAILED] = True


got_request_exception.connect(note_failure, dispatch_uid="newsroom.page_cache")
