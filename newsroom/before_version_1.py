"""Recognizes what was made before version 1.0. Its migrations were replaced, so that its tables cannot be migrated."""

from __future__ import annotations

from collections.abc import Iterable

# Applied in every database of an earlier version, and in none since.
MIGRATIONS = {"articles.0003_publishing", "newsroom.0001_failed_sign_ins"}


def predates_version_1(migrations: Iterable[str]) -> bool:
    """Return whether these migrations (app.name) are those of an earlier version."""
    return not MIGRATIONS.isdisjoint(migrations)
