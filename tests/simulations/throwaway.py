"""A database of its own for commands that try things out: empty, migrated, and gone afterwards, whatever happens."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import override_settings

from tests.databases import migrate


@contextmanager
def throwaway_database() -> Iterator[None]:
    """Let every thread that connects inside work on a new database of the configured engine, which is not written to.

    The cache is empty too, and pages need no collected styles. On PostgreSQL the configured user must be allowed to
    create databases. Raises TransactionManagementError inside a transaction. Threads that were started inside must
    have ended.
    """
    connection.validate_no_atomic_block()
    nowhere = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": secrets.token_hex()}
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    other = override_settings(CACHES={"default": nowhere}, STORAGES=settings.STORAGES | {"staticfiles": plain})
    with _empty_database() as name, _connected_to(name), other:
        migrate()
        yield


@contextmanager
def _empty_database() -> Iterator[str]:
    """Yield the new database's name, as the settings have it."""
    if connection.vendor == "sqlite":
        with TemporaryDirectory(prefix="newsroom-throwaway-") as folder:
            yield str(Path(folder, "newsroom.sqlite3"))
        return
    name = f"throwaway_{secrets.token_hex(8)}"
    try:
        _execute(f'CREATE DATABASE "{name}"')
        yield name
    finally:
        _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Lead new connections of all threads there: they share these settings."""
    configured = connection.settings_dict["NAME"]
    try:
        _switch_to(name)
        yield
    finally:
        _switch_to(configured)


def _switch_to(name: str) -> None:
    connection.settings_dict["NAME"] = name
    connection.close()
    ContentType.objects.clear_cache()  # whose ids are another database's
