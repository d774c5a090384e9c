"""New databases that are migrated already: copies of the tests' own, made before any test wrote to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

_templates: list[str] = []  # the name of the copy, while there is one


@contextmanager
def copied_as_template(folder: Path) -> Iterator[None]:
    """Keep a copy of the configured database, from which `migrate` makes others; on SQLite in this folder."""
    name = str(connection.settings_dict["NAME"])
    template = str(folder / "template.sqlite3") if connection.vendor == "sqlite" else f"{name}_template"
    connection.close()
    _copy(name, template)
    _templates.append(template)
    yield
    _templates.remove(template)
    if connection.vendor != "sqlite":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{template}"')


def migrate() -> None:
    """Migrate the configured database, which is empty: within seconds, or at once where there is a template."""
    if not _templates:
        call_command("migrate", verbosity=0, interactive=False)
        return
    connection.close()
    _copy(_templates[-1], str(connection.settings_dict["NAME"]))


def _copy(source: str, target: str) -> None:
    """Replace a database by a copy of another to which nothing is connected."""
    if connection.vendor == "sqlite":
        shutil.copyfile(source, target)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
