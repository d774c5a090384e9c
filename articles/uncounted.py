"""Statements beside Django's cursor: no count of a page's queries holds them, and no limit is set on them first."""

from __future__ import annotations

from typing import Any


def execute_uncounted(database: Any, sql: str) -> Any:
    """Execute a statement on psycopg's own connection, which must be open, and return psycopg's cursor.

    What fails raises Django's exceptions.
    """
    with database.wrap_database_errors:
        return database.connection.execute(sql)
