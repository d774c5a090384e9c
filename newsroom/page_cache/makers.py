"""The few threads of a process in which Django makes readers' pages, each with a line to the database of its own.

More would make no page faster, for they take turns; a line for each of the server's threads costs the database memory,
and both a quarter more time a page.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MAKERS = 2  # a database that hangs holds no more threads
FAILED = "newsroom.database_failed"  # in the environment of a request


@dataclass
class Rendered:
    """What Django answered."""

    status: str
    headers: Headers
    body: bytes
    database_failed: bool


class Makers:
    def __init__(self, django: Application) -> None:
        self.django = django
        self._pid = 0
        self._starting = threading.Lock()

    def start(self, environ: Environ) -> Future[Rendered]:
        """The answer to this request, which one of the threads will have."""
        with self._starting:
            if self._pid != os.getpid():  # threads of a process stay behind when it forks
                self._threads = ThreadPoolExecutor(MAKERS, thread_name_prefix="page-maker")
                self._pid = os.getpid()
        return self._threads.submit(self._make, environ)

    def _make(self, environ: Environ) -> Rendered:
        got: list[Any] = []
        chunks = self.django(environ, lambda status, headers, exc_info=None: got.extend((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()
        return Rendered(got[0], got[1], body, FAILED in environ)
