"""Distinguishes a direct connection to PostgreSQL from one that a pooler such as PgBouncer lends.

What is set on the latter reaches others, who are lent it next.
"""

from __future__ import annotations

from typing import Any

from articles.uncounted import execute_uncounted


def is_pooled(connection: Any) -> bool:
    """Return whether another process answers than the one we connected to. One query, which Django does not count."""
    if connection.vendor != "postgresql":
        return False
    connection.ensure_connection()
    [process] = execute_uncounted(connection, "SELECT pg_backend_pid()").fetchone()
    return bool(process != connection.connection.info.backend_pid)
