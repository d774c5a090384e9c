"""The few threads of a process in which Django renders readers' pages, each with a database connection of its own.

More would make no page faster, because they take turns; a connection for each waiting request costs the database
memory, and both a quarter more time a page. Pages that readers come back to have threads of their own: however many
others are asked for at once, as by somebody who copies the site, a front page that changed is rendered at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from newsroom.page_cache.workers import Workers

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

RENDERERS = 2  # of each kind; a database that hangs holds no more threads
FAILED = "newsroom.database_failed"  # in the environment of a request


@dataclass
class Response:
    status: str
    headers: Headers
    body: bytes
    database_failed: bool = False


class Renderers:
    def __init__(self, django: Application) -> None:
        self.django = django
        self._priority = Workers("page-renderer-priority", RENDERERS)
        self._others = Workers("page-renderer", RENDERERS)

    def start(self, environ: Environ, *, has_priority: bool) -> Future[Response]:
        """Return the answer to this request, which one of the threads will have."""
        workers = self._priority if has_priority else self._others
        return workers.submit(lambda: run(self.django, environ))


def run(application: Application, environ: Environ) -> Response:
    """Return the whole answer of a WSGI application."""
    started: list[Any] = []
    chunks = application(environ, lambda status, headers, exc_info=None: started.extend((status, headers)))
    try:
        body = b"".join(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    return Response(started[0], started[1], body, FAILED in environ)
