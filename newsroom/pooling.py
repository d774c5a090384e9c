"""The limit on how long a query may take, on a connection of our own and behind a pooler such as PgBouncer.

A pooler that lends a connection of its own for each transaction takes no options at the start, and hands what is set in
a session on to others. Behind one, the limit is the default of our role in the database, set by `migrate`.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from articles.pooler import is_pooled
from articles.uncounted import execute_uncounted


def set_limit_on_connect(connection: Any, **_kwargs: Any) -> None:
    """Limit the queries of a new connection: a receiver of connection_created. What DATABASE_URL says wins."""
    if connection.vendor != "postgresql" or "options" in connection.settings_dict["OPTIONS"]:
        return
    if is_pooled(connection):
        connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True  # the next rows would be asked of another
        return
    execute_uncounted(connection, f"SET statement_timeout = '{settings.STATEMENT_TIMEOUT}s'")


def set_limit_of_role(**_kwargs: Any) -> None:
    """Limit the queries of all later connections behind a pooler by our role: a post_migrate receiver.

    Without a limit, as for a long migration, the role keeps the one that it has.
    """
    if connection.vendor != "postgresql" or not settings.STATEMENT_TIMEOUT:
        return
    if is_pooled(connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_database())")
            [database] = cursor.fetchone()
            limit = f"{settings.STATEMENT_TIMEOUT}s"
            cursor.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {database} SET statement_timeout = '{limit}'")


def lacks_query_limit() -> bool:
    """Return whether the pooler's connection that serves us has no limit. One query; none on a direct connection."""
    if connection.vendor != "postgresql" or not settings.STATEMENT_TIMEOUT:
        return False
    if not is_pooled(connection):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return bool(cursor.fetchone() == ("0",))
