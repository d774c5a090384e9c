"""Gives readers' queries less time than the desk's, on PostgreSQL, so that a slow one cannot hold up other readers.

A connection serves both. The limit is set with a request's first query, when the connection has another one. Where it
cannot be set for a connection, each query of a reader's page brings its own, in the transaction that the query is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from articles.pooler import is_pooled
from articles.uncounted import execute_uncounted
from newsroom.url_kinds import is_desk

UNKNOWN_LIMIT, FIXED = -1, -2

_limits: WeakKeyDictionary[Any, int] = WeakKeyDictionary()  # seconds, by psycopg's connection


class StatementTimeoutMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_readers = not is_desk(request)
        seconds = settings.READER_STATEMENT_TIMEOUT if is_readers else settings.STATEMENT_TIMEOUT

        def limited(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            if limit_statements(context["connection"], seconds) or many or not is_readers:
                return execute(sql, params, many, context)
            result = execute(f"SET LOCAL statement_timeout = '{seconds}s'; {sql}", params, many, context)
            context["cursor"].nextset()
            return result

        if connection.vendor != "postgresql":
            return self.get_response(request)
        with connection.execute_wrapper(limited):
            return self.get_response(request)


def limit_statements(database: Any, seconds: int) -> bool:
    """Have PostgreSQL give up each later query of this open connection after this number of seconds; 0 for never.

    False outside of a transaction behind a pooler, which would hand the limit on to others together with its
    connection, and where DATABASE_URL gives options.
    """
    raw = database.connection
    limit = _limits.get(raw, UNKNOWN_LIMIT)
    if limit == seconds or not raw.autocommit:  # the end of the transaction could take the limit back
        return True
    if limit == UNKNOWN_LIMIT and ("options" in database.settings_dict["OPTIONS"] or is_pooled(database)):
        limit = _limits[raw] = FIXED
    if limit == FIXED:
        return False
    execute_uncounted(database, f"SET statement_timeout = '{seconds}s'")
    _limits[raw] = seconds
    return True
