"""Checks that warn an operator, with a hint, before readers or editors notice."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.urls import reverse

from articles.models import Article
from articles.roles import ROLES
from articles.triggers import missing_triggers
from newsroom.accounts.second_factor import EVERYBODY
from newsroom.backup.schema import applied_migrations
from newsroom.before_version_1 import predates_version_1
from newsroom.redaction import MIN_MASKED_LENGTH
from newsroom.settings import env

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register(Tags.security, deploy=True)
def site_url_is_encrypted(**kwargs: Any) -> list[CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        Warning(
            f"SITE_URL is {settings.SITE_URL}, so passwords and cookies travel in clear.",
            hint="Serve the site with TLS and set SITE_URL to its https:// address.",
            id="newsroom.W001",
        )
    ]


@register(Tags.security)
def debug_is_private(**kwargs: Any) -> list[CheckMessage]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)
    if not settings.DEBUG or not public:
        return []
    return [
        Warning(
            f"DEBUG is on while the site answers to {', '.join(public)}: errors show settings and code.",
            hint="Unset DEBUG, or keep SITE_URL and ALLOWED_HOSTS to this machine.",
            id="newsroom.W002",
        )
    ]


@register(Tags.security, deploy=True)
def visitors_have_addresses(**kwargs: Any) -> list[CheckMessage]:
    """Warn when a site with TLS takes its proxy's address for everybody's."""
    if settings.PROXY_COUNT or not settings.SITE_URL.startswith("https://"):
        return []
    return [
        Warning(
            "PROXY_COUNT is 0, so everybody who signs in has the address of the web server in front of the site: "
            "fifty failed attempts by strangers would lock out the whole newsroom for a while.",
            hint="Set PROXY_COUNT to the number of your proxies, the last of which sets X-Forwarded-For.",
            id="newsroom.W005",
        )
    ]


@register(Tags.security)
def second_factor_is_asked_of_roles(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a role that there is none of: nobody would be asked for a second factor, and nobody would notice."""
    unknown = sorted(set(settings.REQUIRE_SECOND_FACTOR) - {EVERYBODY, *ROLES})
    if not unknown:
        return []
    return [
        Error(
            f"REQUIRE_SECOND_FACTOR names {', '.join(unknown)}, which is no role of the newsroom.",
            hint=f"Name some of {', '.join(ROLES)}, or all.",
            id="newsroom.E009",
        )
    ]


@register(Tags.security)
def provider_knows_the_newsroom(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a provider of OpenID Connect that was told nothing by which it knows the newsroom."""
    missing = [name for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET") if not getattr(settings, name)]
    if not settings.OIDC_ISSUER or not missing:
        return []
    return [
        Error(
            f"OIDC_ISSUER is set without {' and '.join(missing)}: nobody could sign in by the provider.",
            hint=f"Register the newsroom there; its redirect URI is {settings.SITE_URL}{reverse('provider_callback')}.",
            id="newsroom.E008",
        )
    ]


@register(Tags.security)
def secrets_can_be_masked(**kwargs: Any) -> list[CheckMessage]:
    kind, id = (Warning, "newsroom.W007") if settings.DEBUG else (Error, "newsroom.E007")
    return [
        kind(
            f"The password in {name} has fewer than {MIN_MASKED_LENGTH} characters: it is easy to guess, and not "
            "masked in logs, mails and error pages, which would be unreadable.",
            hint="Choose a longer one, preferably 20 random characters or more.",
            id=id,
        )
        for name in env.short_secret_names
    ]


@register(Tags.files)
def media_root_is_writable(**kwargs: Any) -> list[CheckMessage]:
    if is_writable(Path(settings.MEDIA_ROOT)):
        return []
    return [
        Error(
            f"Pictures cannot be saved: {settings.MEDIA_ROOT} is not writable.",
            hint="Set MEDIA_ROOT to a folder that the site's user may write to.",
            id="newsroom.E003",
        )
    ]


@register(Tags.database)
def database_can_search(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Check the database where Django may query it, as before a migration."""
    asked = [alias for alias in databases or [] if connections[alias].vendor == "sqlite"]
    if not asked or sqlite_has_fts5():
        return []
    return [
        Error(
            f"This Python's SQLite {sqlite3.sqlite_version} has no full-text search (FTS5).",
            hint="Use a Python whose SQLite has FTS5, or set DATABASE_URL to a PostgreSQL database.",
            id="newsroom.E004",
        )
    ]


@register(Tags.database)
def triggers_are_in_place(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of missing triggers. It is no error, because Django checks before each migration, which creates them."""
    if DEFAULT_DB_ALIAS not in (databases or []):
        return []
    try:
        is_new = Article._meta.db_table not in connection.introspection.table_names()
        missing = [] if is_new else missing_triggers()
    except OperationalError:  # database_is_of_version_1 reports it
        return []
    if not missing:
        return []
    return [
        Warning(
            f"The database lacks triggers, so stored pages or the search may be outdated: {', '.join(missing)}.",
            hint="Run manage.py migrate, which creates them.",
            id="newsroom.W006",
        )
    ]


@register(Tags.database)
def database_is_of_version_1(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Stop `migrate` before it reads the history of migrations, with nothing changed."""
    if DEFAULT_DB_ALIAS not in (databases or []):
        return []
    try:
        is_too_old = predates_version_1(applied_migrations())
    except OperationalError as error:
        hint = "Start the database, or correct DATABASE_URL."
        return [Error(f"The database does not answer: {error}", hint=hint, id="newsroom.E006")]
    if not is_too_old:
        return []
    return [
        Error(
            "This database was made before version 1.0 of the newsroom, and cannot be migrated.",
            hint="Set DATABASE_URL to an empty database, or keep using the version that made this one.",
            id="newsroom.E005",
        )
    ]


def sqlite_has_fts5() -> bool:
    with closing(sqlite3.connect(":memory:")) as memory:
        return ("ENABLE_FTS5",) in memory.execute("PRAGMA compile_options").fetchall()


def is_writable(folder: Path) -> bool:
    """Return whether the site may write to this folder, or make it."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
