"""The connection settings of a command that works on a whole archive, as no page does."""

from __future__ import annotations

from django.db import connection

from articles.pooler import is_pooled

SQLITE_CACHE = 64 * 1024  # KiB; with the 2 MB of a page, a load spends a third more time on its indexes


def lift_query_limits() -> None:
    """Allow later queries of this process more time than a page's (STATEMENT_TIMEOUT), and more memory.

    Through a pooler they may not: the pages that it lends the connection to next would have no limit either.
    """
    if is_pooled(connection):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        else:
            cursor.execute(f"PRAGMA cache_size = -{SQLITE_CACHE}")
