"""Answers each request by the thread that may: a stored page at once, all else by a few threads for its kind of work.

The thread that reads requests and writes answers never waits. So however many searches, saves or slow uploads are
under way, a stored page waits for none of them, and none of these kinds of work waits for another.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.db import Error as DatabaseError
from django.db import close_old_connections

from newsroom.environ import Environ, RSGIScope, UnreadableRequest, WSGIApplication, environ_of
from newsroom.notify import notify
from newsroom.page_cache.key import PageKey, PageRequest, has_session, parse_page_request
from newsroom.page_cache.renderers import RenderedResponse, run
from newsroom.page_cache.unavailable import unavailable
from newsroom.page_cache.workers import TooManyWaiting, Workers
from newsroom.page_cache.wrapper import PageCache
from newsroom.staff_sessions import StaffSessions
from newsroom.uploads import RefusedUpload, UploadReceiver, body_length
from newsroom.url_kinds import DESK, HEALTH, LIVE, is_file

REFUSAL = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
]


SESSION_CHECK_SECONDS = 2.0  # seconds in which the database says whose a session is


class Dispatcher:
    """The application of granian's interface RSGI."""

    def __init__(self, django: WSGIApplication, pages: PageCache | None) -> None:
        self.django, self.pages, self.uploads = django, pages, UploadReceiver(self._is_staff)
        self.staff_sessions = StaffSessions()
        self._under_way: dict[PageKey, asyncio.Future[RenderedResponse]] = {}  # pages for which a thread waits
        # Each of these threads may have a database connection, but for those that wait for a renderer.
        self.priority_waiters = Workers("priority-waiter", 32, most_waiting=0)
        self.waiters = Workers("waiter", 100, most_waiting=0)
        self.redirects = Workers("redirect-waiter", 8, most_waiting=1000)
        # Python runs one thread at a time: with more of them, each save takes longer and none comes sooner.
        self.desk = Workers("desk", 3, most_waiting=200)
        self.sign_in = Workers("sign-in", 2, most_waiting=200)  # the desk of all who are not signed in
        self.sessions = Workers("session", 1, most_waiting=200)  # finds out which of the two it is
        self.health = Workers("health", 2, most_waiting=50)
        self.live = Workers("live", 1, most_waiting=1000)
        self.files = Workers("file", 2, most_waiting=1000)
        self.others = Workers("other", 2, most_waiting=50)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_soon(notify, f"READY=1\nMAINPID={os.getpid()}")

    async def __rsgi__(self, scope: RSGIScope, protocol: Any) -> None:
        response = await self._answer(scope, protocol)
        status = int(response.status[:3])
        if scope.method == "HEAD" or not response.body:
            protocol.response_empty(status, response.headers)
        else:
            protocol.response_bytes(status, response.headers, response.body)

    async def _answer(self, scope: RSGIScope, chunks: Any) -> RenderedResponse:
        try:
            environ = environ_of(scope)
        except UnreadableRequest as status:
            return RenderedResponse(str(status), REFUSAL, f"{status}\n".encode())
        try:
            return await self._respond(environ, chunks)
        except (TooManyWaiting, DatabaseError):  # the latter when it was asked who sends a file
            return unavailable(environ)
        except RefusedUpload as refused:
            return RenderedResponse(refused.status, [*REFUSAL, ("Content-Language", refused.language)], refused.body)

    async def _respond(self, environ: Environ, chunks: Any) -> RenderedResponse:
        if self.pages and (wanted := parse_page_request(environ)):
            stored = self.pages.respond_from_store(wanted, environ)
            return stored or await self._render_page(self.pages, wanted, environ)
        if not body_length(environ):
            return await self._call_django(environ)
        with closing(await self.uploads.receive(environ, chunks)) as body:
            return await self._call_django(environ | {"wsgi.input": body})

    async def _render_page(self, pages: PageCache, wanted: PageRequest, environ: Environ) -> RenderedResponse:
        """Render a page once, however many readers wait for it: one thread does."""
        if under_way := self._under_way.get(wanted.key):
            await asyncio.wait({under_way})
            if response := pages.respond_from_store(wanted, environ):
                return response
        waiting = asyncio.ensure_future(in_thread(self._waiters(pages, wanted), pages.respond, wanted, environ))
        self._under_way.setdefault(wanted.key, waiting)
        try:
            return await waiting
        finally:
            if self._under_way.get(wanted.key) is waiting:
                del self._under_way[wanted.key]

    def _waiters(self, pages: PageCache, wanted: PageRequest) -> Workers:
        if pages.is_redirect_of_its_own(wanted):  # each reader of a newsletter may have another mark
            return self.redirects
        return self.priority_waiters if pages.has_priority(wanted) else self.waiters

    async def _call_django(self, environ: Environ) -> RenderedResponse:
        return await in_thread(await self._workers(environ), run, self.django, environ)

    async def _workers(self, environ: Environ) -> Workers:
        path = environ["PATH_INFO"]
        if path.startswith(DESK):
            return self.desk if await self._may_use_desk(environ) else self.sign_in
        if path == LIVE:
            return self.live
        if is_file(path):
            return self.files
        return self.health if path.startswith(HEALTH) else self.others

    async def _may_use_desk(self, environ: Environ) -> bool:
        if not has_session(environ.get("HTTP_COOKIE", "")):
            return False
        if self.staff_sessions.is_known(environ):
            return True
        try:
            return await asyncio.wait_for(self._is_staff(environ), SESSION_CHECK_SECONDS)
        except (DatabaseError, TimeoutError):  # Django's answer says better that the database does not answer
            return False

    async def _is_staff(self, environ: Environ) -> bool:
        return bool(await in_thread(self.sessions, outside_a_request, self.staff_sessions.check, environ))


def outside_a_request(call: Callable[..., Any], *arguments: Any) -> Any:
    """Call this with a database connection that Django would give to a request."""
    close_old_connections()
    return call(*arguments)


async def in_thread(workers: Workers, call: Callable[..., Any], *arguments: Any) -> Any:
    return await asyncio.wrap_future(workers.submit(call, *arguments))
