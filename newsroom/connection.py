"""Notices a line to the database that broke while nobody used it, as when the server was restarted.

The first question of a request finds out, and is asked again on a new line: that spares each request another question.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Answer = TypeVar("Answer")


def first_asked(question: Callable[[], Answer]) -> Answer:
    """The answer; asked twice at most, and again only on a new line."""
    try:
        return question()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return question()
