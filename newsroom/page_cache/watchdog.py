"""How this process lets go of a database that takes its queries and never answers, as on a hung disk.

No timeout of the database helps then, and every thread that waits is one reader less. Shutting the connection down
ends the wait with an error, which each page already knows how to answer.
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

_connections: weakref.WeakSet[Any] = weakref.WeakSet()  # this process's open connections to PostgreSQL


def register_connection(sender: Any, connection: Any, **_more: Any) -> None:
    """Remember this connection: a receiver of connection_created."""
    if connection.vendor == "postgresql":
        _connections.add(connection.connection)


connection_created.connect(register_connection, dispatch_uid="newsroom.page_cache.watchdog")


@contextlib.contextmanager
def shut_down_connections_after(seconds: float) -> Iterator[None]:
    """Give the body of this `with` that long; then shut every connection to the database down, its own too."""
    timer = threading.Timer(seconds, shut_down_connections)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def shut_down_connections() -> None:
    for connection in list(_connections):
        with contextlib.suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as duplicate:
            duplicate.shutdown(socket.SHUT_RDWR)
