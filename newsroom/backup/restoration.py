"""Restores a backup: checks all of it, adds missing pictures, then replaces the database in one transaction.

Whenever it is stopped, the newsroom is the former one or the restored one, with every picture that it needs. Pictures
that are other ones now under the same names are replaced last.
"""

from __future__ import annotations

from pathlib import Path

from django.core.cache import cache
from django.db import DatabaseError, connection

from articles.models import ChangeLog
from newsroom.backup.creation import Announce, database_engine
from newsroom.backup.manifest import PICTURES, BackupError, Manifest, check_files, read_checksums
from newsroom.backup.pictures import differing_pictures, restore_changed, restore_missing
from newsroom.backup.schema import known_migrations
from newsroom.before_version_1 import predates_version_1

# Tables that `migrate` and the servers of an empty newsroom fill; of the cache, nothing is missed.
MADE_BY_MIGRATE = {
    *("django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"),
    *("articles_changelog", "articles_role", "articles_role_given", "newsroom_cache"),
}


def restore_backup(folder: Path, say: Announce, *, overwrite: bool) -> bool:
    """Make the newsroom what it was when this backup was made.

    Returns whether the backup is older than this version, so that `migrate` has to follow. Raises BackupError when the
    backup is damaged or not for this newsroom, or, unless `overwrite`, when something would be lost.
    """
    manifest = Manifest.load(folder)
    _require_fit(manifest)
    if not overwrite:
        _require_empty()
    try:
        _restore(folder, manifest, say)
    except (OSError, DatabaseError) as error:
        raise BackupError(f"The backup could not be restored: {error}") from error
    return manifest.migrations != known_migrations()


def _restore(folder: Path, manifest: Manifest, say: Announce) -> None:
    database, checksums = database_engine(), read_checksums(folder, manifest)
    for _name in check_files(folder, checksums):
        pass
    if database.check_database(folder / database.FILE) != manifest.rows:
        raise BackupError("The backup is damaged: its database does not match its manifest. Restore another backup.")
    say(f"{len(checksums)} files checked.")
    names = [name for name in checksums if name.startswith(f"{PICTURES}/")]
    missing = restore_missing(folder, names)
    changed = differing_pictures(checksums, set(names) - set(missing))
    database.restore_database(folder / database.FILE, manifest.rows)
    restore_changed(folder, changed)  # only now, because the former newsroom needs what it had
    missing += restore_missing(folder, names)  # files that the former newsroom deleted meanwhile
    stored = len({*missing, *changed})
    say(f"{stored} picture files restored, {len(names) - stored} were there.")
    if ChangeLog._meta.db_table in manifest.rows:  # a very old newsroom has none
        ChangeLog.objects.add_everything()  # pages that servers hold are of the former database
    cache.clear()
    say(f"{sum(manifest.rows.values())} rows of {len(manifest.rows)} tables restored and checked.")


def _require_fit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"The backup is of {manifest.engine}, this newsroom uses {connection.vendor}: restore it there, then move "
            "the data with dumpdata and loaddata."
        )
    if predates_version_1(manifest.migrations):
        raise BackupError("The backup was made before version 1.0 of the newsroom: only such a version can restore it.")
    if unknown := set(manifest.migrations) - set(known_migrations()):
        raise BackupError(f"The backup was made by a newer version of the newsroom: {', '.join(sorted(unknown))}.")


def _require_empty() -> None:
    filled = [table for table, rows in database_engine().count_rows().items() if rows and table not in MADE_BY_MIGRATE]
    if filled:
        raise BackupError(
            "The database is not empty. --overwrite replaces everything in it, and cannot be undone: "
            f"make a backup of it first. ({', '.join(filled[:3])} …)"
        )
