"""The few threads of a process in which Django renders readers' pages, each with a database connection of its own.

More would make no page faster, because they take turns; a connection for each waiting request costs the database
memory, and both a quarter more time a page. Pages that readers come back to have threads of their own: however many
others are asked for at once, as by somebody who copies the site, a front page that changed is rendered at once.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from newsroom.environ import Environ, WSGIApplication
from newsroom.page_cache.page import HeaderList
from newsroom.page_cache.workers import Workers

RENDERERS = 2  # of each kind; a database that hangs holds no more threads
FAILED = "newsroom.database_failed"  # in the environment of a request


@dataclass
class RenderedResponse:
    status: str
    headers: HeaderList
    body: bytes
    database_failed: bool = False


class Renderers:
    def __init__(self, django: WSGIApplication) -> None:
        self.django = django
        self._priority = Workers("page-renderer-priority", RENDERERS)
        self._others = Workers("page-renderer", RENDERERS)

    def start(self, environ: Environ, *, has_priority: bool) -> Future[RenderedResponse]:
        """Return the answer to this request, which one of the threads will have."""
        workers = self._priority if has_priority else self._others
        return workers.submit(lambda: run(self.django, environ))


def run(application: WSGIApplication, environ: Environ) -> RenderedResponse:
    """Return the whole answer of a WSGI application."""
    started: list[Any] = []
    chunks = application(environ, lambda status, headers, exc_info=None: started.extend((status, headers)))
    try:
        body = b"".join(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    return RenderedResponse(started[0], started[1], body, FAILED in environ)
