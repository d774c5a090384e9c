"""Errors that keep good work from being stored: a full disk, a database that accepts no changes."""

from __future__ import annotations

import errno
import logging
import sqlite3
from dataclasses import dataclass
from http import HTTPStatus

from django.db import DatabaseError, InternalError, OperationalError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.failures import mark_as_logged

# The numbers of SQLite and of the system mean different things: 13 is also EACCES.
FULL_FOLDER = {errno.ENOSPC, errno.EDQUOT}
FULL_DATABASE = {sqlite3.SQLITE_FULL, "53100"}  # 53100: PostgreSQL's disk_full
READ_ONLY = {"25006"}  # PostgreSQL's read_only_sql_transaction, which psycopg counts among internal errors

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class StorageError:
    words: str  # for the person who wrote
    status: HTTPStatus


def report_storage_error(request: HttpRequest, error: DatabaseError | OSError, message: str) -> StorageError:
    """Return what to say and answer where something cannot be stored, and log it once. Raises any other error again."""
    trouble = find_storage_error(error)
    if trouble is None:
        raise error
    logger.error(message, exc_info=error)
    mark_as_logged(request)
    return trouble


def find_storage_error(error: DatabaseError | OSError) -> StorageError | None:
    """Return what keeps the database or the disk from storing; None for a fault of the program or of the browser's
    connection.
    """
    code = _code(error)
    if code in (FULL_FOLDER if isinstance(error, OSError) else FULL_DATABASE):
        words = _("The newsroom’s disk is full: nothing was saved. Tell the operator, then save again.")
        return StorageError(words, HTTPStatus.INSUFFICIENT_STORAGE)
    if isinstance(error, OperationalError) or (isinstance(error, InternalError) and code in READ_ONLY):
        words = _(
            "The database accepts no changes at the moment: nothing was saved. Press the button again in a moment."
        )
        return StorageError(words, HTTPStatus.SERVICE_UNAVAILABLE)
    return None


def _code(error: DatabaseError | OSError) -> int | str | None:
    """Return the engine's or the system's own error number."""
    if isinstance(error, OSError):
        return error.errno
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None)
