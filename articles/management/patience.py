"""Commands that work on a whole archive: nobody waits for an answer of theirs."""

from __future__ import annotations

from django.db import connection


def take_as_long_as_needed() -> None:
    """From now on, queries of this process may take longer than those of a page (STATEMENT_TIMEOUT)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
