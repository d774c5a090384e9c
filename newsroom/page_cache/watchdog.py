"""How this process lets go of a database that took its questions and says nothing, as on a hung disk.

No timeout of the database helps then, and every thread that waits is one reader less. Cutting the line ends the wait
with an error, which each page already knows how to answer.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import weakref
from collections.abc import Iterator
from typing import Any

from django.db.backends.signals import connection_created

_lines: weakref.WeakSet[Any] = weakref.WeakSet()  # this process's open connections to PostgreSQL


def note(sender: Any, connection: Any, **_more: Any) -> None:
    if connection.vendor == "postgresql":
        _lines.add(connection.connection)


connection_created.connect(note, dispatch_uid="newsroom.page_cache.watchdog")


@contextlib.contextmanager
def cut_after(seconds: float) -> Iterator[None]:
    """Give the body of this `with` so long; then cut every line to the database, its own too."""
    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def cut() -> None:
    for line in list(_lines):
        with contextlib.suppress(Exception), socket.socket(fileno=os.dup(line.fileno())) as twin:
            twin.shutdown(socket.SHUT_RDWR)
