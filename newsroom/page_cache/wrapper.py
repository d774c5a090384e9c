"""Readers' pages: a stored page goes out at once, any other is rendered by Django, once for all who wait for it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import wait
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from articles.menu import SHARED
from newsroom.page_cache.change_watcher import Answer, ChangeWatcher
from newsroom.page_cache.conditions import best_encoding, is_known_since, names
from newsroom.page_cache.key import Asked, Key
from newsroom.page_cache.page import Page, is_storable
from newsroom.page_cache.renderers import FAILED, Application, Environ, Renderers, Response
from newsroom.page_cache.store import PageStore

LASTS = 60 * 60  # seconds a page holds though nothing that it shows changed: some say how old something is
GRACE = 0.5  # seconds that a page may go on while it is rendered again
STALE = 24 * 60 * 60  # seconds that a page may go on while the database does not answer
WAITS = 10  # seconds that a reader waits for others
LOW_PRIORITY_SHARE = 4  # of this number of parts of the memory, one is for pages that were requested once
DATED = 2.0  # seconds after a change from which on a page's second is its own
WATCHES = 0.1  # seconds after which who waits looks whether that is still worth it
RETRY = 5  # seconds
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING")


@dataclass
class Flight:
    """A page that is being rendered."""

    done: threading.Event = field(default_factory=threading.Event)


class PageCache:
    """Pages in two stores, so that whoever opens every page of the site pushes out none that readers come back to.

    A page begins in the low-priority store, and moves on when it is asked for again. Searches, pages further down a
    list and what is not there stay behind: anybody can ask for as many of those as they like.
    """

    def __init__(self, django: Application, size: int) -> None:
        """Give each process `size` bytes of memory for pages."""
        self.low_priority_store = PageStore(size // LOW_PRIORITY_SHARE)
        self.store = PageStore(size - self.low_priority_store.limit)
        self.watcher = ChangeWatcher()
        self.renderers = Renderers(django)
        self._flights: dict[Key, Flight] = {}
        self._lock = threading.Lock()

    def has_priority(self, asked: Asked) -> bool:
        """Return whether readers come back to this page."""
        return asked.key in self.store

    def is_redirect_of_its_own(self, asked: Asked) -> bool:
        """Return whether only Django can answer: the stored redirect leaves out what this address carries on."""
        page = self._held(asked.key)
        return page is not None and page.is_redirect and asked.has_more

    def stored(self, asked: Asked, environ: Environ) -> Response | None:
        """Return the stored page when it holds, or may go on for the moment, else None. Waits for nothing."""
        now = time.monotonic()
        answer = self.watcher.known(now)
        page = answer and self._held(asked.key)
        if not (answer and page) or (page.is_redirect and asked.has_more):
            return None
        is_usable = self._holds(page, answer, now) or self._may_go_on(page, asked.key, now)
        return self._send(page, asked.key, environ) if is_usable else None

    def respond(self, asked: Asked, environ: Environ) -> Response:
        """Return the page that is asked for, however long it takes."""
        now = time.monotonic()
        answer = self.watcher.answer(now)
        if not self.store.limit:
            return self._as_asked(environ, answer)
        held = self._held(asked.key)
        page = held if held and self._holds(held, answer, now) else self._renewed(environ, asked, held, answer, now)
        if isinstance(page, Page) and not (page.is_redirect and asked.has_more):
            return self._send(page, asked.key, environ)
        if page is None:
            return unavailable(environ)
        if isinstance(page, Response) and not asked.has_more:
            return page
        return self._as_asked(environ, answer)

    def _as_asked(self, environ: Environ, answer: Answer) -> Response:
        """Return Django's answer to exactly what is asked for."""
        response = self._by_django(environ | {SHARED: answer.shared}, has_priority=False)
        return unavailable(environ) if response is None or response.database_failed else response

    def _held(self, key: Key) -> Page | None:
        page = self.store.get(key)
        if page is None and (page := self.low_priority_store.get(key)) and is_lasting(key, page):
            self.low_priority_store.drop(key)
            self.store.put(key, page)
        return page

    def _put(self, key: Key, page: Page) -> None:
        store = self.store if key in self.store and is_lasting(key, page) else self.low_priority_store
        self._drop(key)
        store.put(key, page)

    def _drop(self, key: Key) -> None:
        self.store.drop(key)
        self.low_priority_store.drop(key)

    def _holds(self, page: Page, answer: Answer, now: float) -> bool:
        """Return whether the page is true and not too old. What it shows is compared once after each change."""
        if page.change < answer.number:
            if self.watcher.changed_keys.include(page.keys, since=page.change):
                return False
            page.change = answer.number
        page.known_at = max(page.known_at, answer.at)
        return now < page.until and not self.watcher.is_failing

    def _may_go_on(self, page: Page, key: Key, now: float) -> bool:
        """Return whether the database does not answer, or the page is being rendered again, for a moment."""
        return now - page.known_at < (STALE if self.watcher.is_failing else GRACE if key in self._flights else 0)

    def _renewed(
        self, environ: Environ, asked: Asked, old: Page | None, answer: Answer, now: float
    ) -> Page | Response | None:
        """Return the new page; the old one while another is rendering it or when that fails; None without either."""
        usable = old if old and now - old.known_at < STALE else None
        if self.watcher.is_failing:
            return usable
        with self._lock:
            flight = self._flights.get(asked.key)
            if is_mine := flight is None:
                flight = self._flights[asked.key] = Flight()
        if not is_mine:
            return self._from_others(environ, asked, old, flight, answer, now)
        try:
            return self._render(environ, asked, usable, answer)
        finally:
            with self._lock:
                del self._flights[asked.key]
            flight.done.set()

    def _wait_for(self, happened: Callable[[float], bool], give_up: Callable[[], bool] = lambda: True) -> bool:
        """Wait until this, asked with a time in seconds, says yes; False when the database fails or time runs out.

        Who may not `give_up` after that time waits on.
        """
        end = time.monotonic() + WAITS
        while not happened(WATCHES):
            now = time.monotonic()
            self.watcher.answer(now)
            if self.watcher.is_failing or (now > end and give_up()):
                return False
        return True

    def _from_others(
        self, environ: Environ, asked: Asked, old: Page | None, flight: Flight, answer: Answer, now: float
    ) -> Page | Response | None:
        """Return what somebody else is rendering: the old page as long as it may go on, else theirs."""
        if old and now - old.known_at < GRACE:
            return old
        self._wait_for(flight.done.wait)
        new = self._held(asked.key)
        if new is not None and new is not old:
            return new
        if self.watcher.is_failing:
            return old
        return self._rendered(environ, asked, answer)

    def _render(self, environ: Environ, asked: Asked, old: Page | None, answer: Answer) -> Page | Response | None:
        at, now = time.time(), time.monotonic()
        response = self._rendered(environ, asked, answer)
        if response is None:
            return old
        if response.status.startswith("5"):
            return old or (None if response.database_failed else response)
        if not is_storable(response.status, response.headers):
            self._drop(asked.key)
            return response
        page = Page(
            response.status,
            response.headers,
            response.body,
            change=answer.number,
            until=now + LASTS,
            known_at=now,
            modified=int(at),
            is_dated=now - answer.changed_at > DATED,
            before=old,
        )
        self._put(asked.key, page)
        return page

    def _rendered(self, environ: Environ, asked: Asked, answer: Answer) -> Response | None:
        """Let Django render it, as whole, uncompressed text of exactly what the key says, under the site's name."""
        plain = {name: value for name, value in environ.items() if name not in CONDITIONS}
        plain |= {"REQUEST_METHOD": "GET", "QUERY_STRING": asked.key.query, SHARED: answer.shared}
        plain["HTTP_HOST"] = urlsplit(settings.SITE_URL).netloc
        return self._by_django(plain, has_priority=self.has_priority(asked))

    def _by_django(self, environ: Environ, *, has_priority: bool) -> Response | None:
        """Return Django's answer; None when the database does not answer, or no renderer is free in time."""
        rendering = self.renderers.start(environ, has_priority=has_priority)
        if self._wait_for(lambda seconds: bool(wait([rendering], seconds).done), give_up=rendering.cancel):
            return rendering.result()
        rendering.cancel()
        return None

    def _send(self, page: Page, key: Key, environ: Environ) -> Response:
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_new_form = encoding not in page.ready
        headers, body = page.form(encoding)
        if is_new_form:
            self.store.recount(key, page)
            self.low_priority_store.recount(key, page)
        headers = [*headers, ("Age", str(int(time.monotonic() - page.known_at)))]
        if page.is_found and is_unchanged(page, page.tag(encoding), environ):
            return Response("304 Not Modified", [header for header in headers if header[0] not in OF_BODY], b"")
        return Response(page.status, headers, body)


OF_BODY = {"Content-Length", "Content-Encoding", "Content-Type"}


def is_lasting(key: Key, page: Page) -> bool:
    """Return whether the site has only so many such pages: as many as it has stories, tags, authors and days."""
    return page.is_found and not key.is_open_ended


def is_unchanged(page: Page, etag: str, environ: Mapping[str, Any]) -> bool:
    """Return whether the reader has this page: by its tag when one is named, else by its date."""
    if "HTTP_IF_NONE_MATCH" in environ:
        return names(environ["HTTP_IF_NONE_MATCH"], etag)
    since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
    return bool(since) and page.is_dated and is_known_since(since, page.modified)


def unavailable(environ: Environ) -> Response:
    """Answer 503: the database does not answer and the page is not stored, or too many wait for pages."""
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
    return Response("503 Service Unavailable", headers, body)


def note_failure(sender: Any, request: HttpRequest | None = None, **_more: Any) -> None:
    """Note, while Django handles the exception, that it was the database's."""
    if request is not None and isinstance(sys.exc_info()[1], Error):
        request.META[FAILED] = True


got_request_exception.connect(note_failure, dispatch_uid="newsroom.page_cache")
