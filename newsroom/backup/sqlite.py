"""The database of a backup on SQLite: a file, copied by SQLite's own backup API while editors write.

`cp` would miss what is still in the write-ahead log.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from newsroom.backup.manifest import BackupError, Contents

FILE = "newsroom.sqlite3"
BUSY_TIMEOUT = 60  # seconds that a restore waits for writers

ORDINARY_TABLES = """SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND NOT EXISTS (SELECT 1 FROM sqlite_master virtual WHERE virtual.sql LIKE 'CREATE VIRTUAL TABLE%'
        AND (sqlite_master.name = virtual.name OR sqlite_master.name LIKE virtual.name || '\\_%' ESCAPE '\\'))"""


def copy_database(path: Path) -> Contents:
    """Write the database of this moment to `path`. Readers and writers go on meanwhile."""
    if not live_file().exists():
        raise BackupError(f"There is no database at {live_file()}.")
    with closing(sqlite3.connect(live_file(), isolation_level=None)) as source:
        source.execute("BEGIN")  # what is counted here is what is copied
        contents = Contents(_count_rows(source), _pictures(source))
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            source.backup(copy)  # in one step: in parts, it would start again after each save
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    return contents


def check_database(path: Path) -> dict[str, int]:
    """Read the whole copy. Returns the number of rows of each table; raises BackupError when it is damaged."""
    try:
        with closing(_open_copy(path)) as copy:
            faults = [row[0] for row in copy.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
            if faults or copy.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupError(f"The copy of the database is damaged: {'; '.join(faults) or 'rows are missing'}.")
            return _count_rows(copy)
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The copy of the database is damaged: {error}.") from error


def restore_database(path: Path, rows: dict[str, int]) -> None:
    """Put the copy in the place of what is there, in one transaction: other connections see the one or the other.

    Raises BackupError when these rows are not there afterwards.
    """
    connection.close()
    live_file().parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(_open_copy(path)) as copy,
        closing(sqlite3.connect(live_file(), timeout=BUSY_TIMEOUT, isolation_level=None)) as live,
    ):
        live.execute("PRAGMA journal_mode = WAL")
        copy.backup(live)
        if _count_rows(live) != rows:
            raise BackupError("The database was restored, but does not match the manifest of the backup.")


def count_rows() -> dict[str, int]:
    """Return the number of rows of each table of the newsroom's database, none when there is none."""
    if not live_file().exists():
        return {}
    with closing(sqlite3.connect(live_file())) as live:
        return _count_rows(live)


def live_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _open_copy(path: Path) -> sqlite3.Connection:
    """Open a copy for reading alone, as a backup may be on a disk that cannot be written to."""
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)


def _count_rows(database: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of all tables but those of the search index, which follow from others."""
    tables = database.execute(ORDINARY_TABLES)
    names = sorted(name for [name] in tables)
    return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - its own tables


def _pictures(database: sqlite3.Connection) -> set[str]:
    return {name for [name] in database.execute("SELECT file FROM articles_image")}
