"""Notices a database connection that broke while nobody used it, as when the server was restarted.

The first query of a request finds out, and is sent again on a new connection: this spares each request an extra query.
A reader's page may send its first query in its view, which is then called again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponseBase

from newsroom.url_kinds import is_desk

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


class BrokenConnectionMiddleware:
    """Call the view of a safe request outside the desk again when the database connection turns out to be broken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if is_desk(request) or request.method not in ("GET", "HEAD"):
            return None
        answer: HttpResponseBase = query_with_reconnect(lambda: view(request, *args, **kwargs))
        return answer
