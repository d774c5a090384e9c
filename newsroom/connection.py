"""Notices a database connection that broke while nobody used it, as when the server was restarted.

The first query of a request, newsroom/due_changes.py's, finds out, and is sent again on a new connection: this spares
each request an extra query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Answer = TypeVar("Answer")


def query_with_reconnect(query: Callable[[], Answer]) -> Answer:
    """Run the query and return its result; run it once more on a new connection if the old one is broken."""
    try:
        return query()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return query()
