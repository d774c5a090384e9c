"""The migrations of a database, and whether this version of the newsroom knows them."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

APPS = ("articles", "newsroom")


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in APPS)


def known_migrations() -> list[str]:
    """Return the migrations that come with this version of the newsroom."""
    packages = {app: import_module(f"{app}.migrations").__path__ for app in APPS}
    return sorted(f"{app}.{module.name}" for app, path in packages.items() for module in pkgutil.iter_modules(path))
