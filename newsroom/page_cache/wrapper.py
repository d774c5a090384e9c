"""Readers' pages: a stored page goes out at once, any other is rendered by Django, once for all who wait for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import wait
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from newsroom.environ import Environ, WSGIApplication
from newsroom.page_cache.change_watcher import ChangeWatcher, Snapshot
from newsroom.page_cache.conditions import best_encoding, is_known_since, names_etag
from newsroom.page_cache.key import PageKey, PageRequest
from newsroom.page_cache.page import StoredPage, is_storable
from newsroom.page_cache.prioritised_store import PrioritisedStore
from newsroom.page_cache.renderers import RenderedResponse, Renderers
from newsroom.page_cache.unavailable import unavailable

LIFETIME_SECONDS = 60 * 60  # of a page, though nothing that it shows changed: some say how old something is
STALE_WHILE_RENDERED_SECONDS = 0.5  # for which an outdated page is still sent while it is rendered again
STALE_IF_ERROR_SECONDS = 24 * 60 * 60  # for which a page is still sent while the database does not answer
RENDER_TIMEOUT_SECONDS = 10  # that a request waits for a rendering to begin, or for another's to end
WAIT_CHECK_SECONDS = 0.1  # between two looks at whether waiting still makes sense
STRONG_DATE_AFTER_SECONDS = 2.0  # from a change on, Last-Modified, in whole seconds, tells a page from the one before
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING")


@dataclass
class Rendering:
    """A page that is being rendered."""

    done: threading.Event = field(default_factory=threading.Event)


class PageCache:
    def __init__(self, django: WSGIApplication, size: int) -> None:
        """Give each process `size` bytes of memory for pages."""
        self.store = PrioritisedStore(size)
        self.watcher = ChangeWatcher()
        self.renderers = Renderers(django)
        self._renderings: dict[PageKey, Rendering] = {}
        self._lock = threading.Lock()

    def has_priority(self, wanted: PageRequest) -> bool:
        """Return whether readers come back to this page."""
        return wanted.key in self.store.high_priority

    def is_redirect_of_its_own(self, wanted: PageRequest) -> bool:
        """Return whether only Django can answer: the stored redirect leaves out what this address carries on."""
        page = self.store.find(wanted.key)
        return page is not None and page.is_redirect and wanted.has_other_parameters

    def respond_from_store(self, wanted: PageRequest, environ: Environ) -> RenderedResponse | None:
        """Return the stored page when it is fresh, or may be sent though it is stale, else None. Waits for nothing."""
        now = time.monotonic()
        snapshot = self.watcher.peek_snapshot(now)
        page = snapshot and self.store.find(wanted.key)
        if not (snapshot and page) or (page.is_redirect and wanted.has_other_parameters):
            return None
        is_usable = self._is_fresh(page, snapshot, now) or self._may_be_stale(page, wanted.key, now)
        return self._send(page, wanted.key, environ) if is_usable else None

    def respond(self, wanted: PageRequest, environ: Environ) -> RenderedResponse:
        """Return the page that is wanted, however long it takes."""
        now = time.monotonic()
        snapshot = self.watcher.get_snapshot(now)
        if not self.store.high_priority.limit:
            return self._respond_uncached(environ)
        held = self.store.find(wanted.key)
        is_fresh = held is not None and self._is_fresh(held, snapshot, now)
        page = held if is_fresh else self._render_once(environ, wanted, held, snapshot, now)
        if isinstance(page, StoredPage) and not (page.is_redirect and wanted.has_other_parameters):
            return self._send(page, wanted.key, environ)
        if page is None:
            return unavailable(environ)
        if isinstance(page, RenderedResponse) and not wanted.has_other_parameters:
            return page
        return self._respond_uncached(environ)

    def _respond_uncached(self, environ: Environ) -> RenderedResponse:
        """Return Django's answer to exactly this request; nothing is stored."""
        response = self._call_django(environ, has_priority=False)
        return unavailable(environ) if response is None or response.database_failed else response

    def _is_fresh(self, page: StoredPage, snapshot: Snapshot, now: float) -> bool:
        """Return whether nothing that the page shows changed and it is not too old.

        Its keys are compared once after each change.
        """
        if page.change < snapshot.number:
            if self.watcher.changed_keys.include(page.keys, since=page.change):
                return False
            page.change = snapshot.number
        page.known_at = max(page.known_at, snapshot.read_at)
        return now < page.until and not self.watcher.is_failing

    def _may_be_stale(self, page: StoredPage, key: PageKey, now: float) -> bool:
        """Return whether the page may still be sent though it is not fresh.

        It may for STALE_IF_ERROR_SECONDS while the database fails, for STALE_WHILE_RENDERED_SECONDS while it is
        rendered again.
        """
        age = now - page.known_at
        if self.watcher.is_failing:
            return age < STALE_IF_ERROR_SECONDS
        return key in self._renderings and age < STALE_WHILE_RENDERED_SECONDS

    def _render_once(
        self, environ: Environ, wanted: PageRequest, old: StoredPage | None, snapshot: Snapshot, now: float
    ) -> StoredPage | RenderedResponse | None:
        """Return the new page; the old one while another is rendering it or when that fails; None without either."""
        usable = old if old and now - old.known_at < STALE_IF_ERROR_SECONDS else None
        if self.watcher.is_failing:
            return usable
        with self._lock:
            rendering = self._renderings.get(wanted.key)
            if is_mine := rendering is None:
                rendering = self._renderings[wanted.key] = Rendering()
        if not is_mine:
            return self._wait_for_other_rendering(environ, wanted, old, rendering, now)
        try:
            return self._render_and_store(environ, wanted, usable, snapshot)
        finally:
            with self._lock:
                del self._renderings[wanted.key]
            rendering.done.set()

    def _wait_for(self, happened: Callable[[float], bool], give_up: Callable[[], bool] = lambda: True) -> bool:
        """Wait until `happened`, called with seconds, is true; return False when the database fails or time runs out.

        When `give_up` is false after that time, waiting goes on.
        """
        end = time.monotonic() + RENDER_TIMEOUT_SECONDS
        while not happened(WAIT_CHECK_SECONDS):
            now = time.monotonic()
            self.watcher.get_snapshot(now)
            if self.watcher.is_failing or (now > end and give_up()):
                return False
        return True

    def _wait_for_other_rendering(
        self,
        environ: Environ,
        wanted: PageRequest,
        old: StoredPage | None,
        rendering: Rendering,
        now: float,
    ) -> StoredPage | RenderedResponse | None:
        """Return the old page as long as it may be sent, else the one that another thread is rendering."""
        if old and now - old.known_at < STALE_WHILE_RENDERED_SECONDS:
            return old
        self._wait_for(rendering.done.wait)
        new = self.store.find(wanted.key)
        if new is not None and new is not old:
            return new
        if self.watcher.is_failing:
            return old
        return self._render_canonical(environ, wanted)

    def _render_and_store(
        self, environ: Environ, wanted: PageRequest, old: StoredPage | None, snapshot: Snapshot
    ) -> StoredPage | RenderedResponse | None:
        """Return the new page, stored; else Django's answer, or the old page when that is an error."""
        at, now = time.time(), time.monotonic()
        response = self._render_canonical(environ, wanted)
        if response is None:
            return old
        if response.status.startswith("5"):
            return old or (None if response.database_failed else response)
        if not is_storable(response.status, response.headers):
            self.store.drop(wanted.key)
            return response
        page = StoredPage(
            response.status,
            response.headers,
            response.body,
            change=snapshot.number,
            until=now + LIFETIME_SECONDS,
            known_at=now,
            modified=int(at),
            is_dated=now - snapshot.changed_at > STRONG_DATE_AFTER_SECONDS,
            before=old,
        )
        self.store.put(wanted.key, page)
        return page

    def _render_canonical(self, environ: Environ, wanted: PageRequest) -> RenderedResponse | None:
        """Let Django render the page of the key: whole, uncompressed, under the name in SITE_URL."""
        plain = {name: value for name, value in environ.items() if name not in CONDITIONS}
        plain |= {"REQUEST_METHOD": "GET", "QUERY_STRING": wanted.key.query}
        plain["HTTP_HOST"] = urlsplit(settings.SITE_URL).netloc
        return self._call_django(plain, has_priority=self.has_priority(wanted))

    def _call_django(self, environ: Environ, *, has_priority: bool) -> RenderedResponse | None:
        """Return Django's answer; None when the database does not answer, or no renderer is free in time."""
        future = self.renderers.start(environ, has_priority=has_priority)
        if self._wait_for(lambda seconds: bool(wait([future], seconds).done), give_up=future.cancel):
            return future.result()
        future.cancel()
        return None

    def _send(self, page: StoredPage, key: PageKey, environ: Environ) -> RenderedResponse:
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_new_form = encoding not in page.ready
        headers, body = page.form(encoding)
        if is_new_form:
            self.store.recount(key, page)
        headers = [*headers, ("Age", str(int(time.monotonic() - page.known_at)))]
        if page.is_found and is_unchanged(page, page.tag(encoding), environ):
            return RenderedResponse("304 Not Modified", [header for header in headers if header[0] not in OF_BODY], b"")
        return RenderedResponse(page.status, headers, body)


OF_BODY = {"Content-Length", "Content-Encoding", "Content-Type"}


def is_unchanged(page: StoredPage, etag: str, environ: Mapping[str, Any]) -> bool:
    """Return whether the reader has this page: by its tag when one is named, else by its date."""
    if "HTTP_IF_NONE_MATCH" in environ:
        return names_etag(environ["HTTP_IF_NONE_MATCH"], etag)
    since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
    return bool(since) and page.is_dated and is_known_since(since, page.modified)
