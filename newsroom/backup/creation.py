"""Makes a backup: pictures, then the database, then the pictures that came meanwhile, so that no row lacks its file."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.db import DatabaseError, connection

from articles import clock
from newsroom.backup import postgresql, sqlite
from newsroom.backup.manifest import PICTURES, BackupError, Manifest, checksum_of, write_checksums
from newsroom.backup.pictures import copy_pictures
from newsroom.backup.schema import applied_migrations

Announce = Callable[[str], object]


def database_engine() -> ModuleType:
    """Return the module that knows the database of this newsroom."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def create_backup(folder: Path, say: Announce) -> list[str]:
    """Write a backup into this folder, which must be new or empty, and check it. It appears only when it is whole.

    Returns the names of pictures that the database needs and the storage had lost before. Raises BackupError.
    """
    _require_room_for(folder)
    try:
        with _unfinished(folder) as unfinished:
            lost = _write(unfinished, say)
            os.sync()  # a backup that is said to be there survives a power cut
            unfinished.rename(folder)
    except (OSError, DatabaseError) as error:
        raise BackupError(f"The backup could not be made: {error}") from error
    return lost


def _write(folder: Path, say: Announce) -> list[str]:
    database, checksums = database_engine(), dict[str, str]()
    pictures = sum(1 for _name in copy_pictures(folder, checksums))
    say(f"{pictures} picture files copied.")
    contents = database.copy_database(folder / database.FILE)
    checksums[database.FILE] = checksum_of(folder / database.FILE)
    for _name in copy_pictures(folder, checksums):
        pass
    if database.check_database(folder / database.FILE) != contents.rows:
        raise BackupError("The copy of the database differs from the database. Try again.")
    say(f"{sum(contents.rows.values())} rows of {len(contents.rows)} tables copied and checked.")
    Manifest(
        engine=connection.vendor,
        created_at=clock.now().isoformat(timespec="seconds"),
        rows=contents.rows,
        migrations=applied_migrations(),
        checksums=write_checksums(folder, checksums),
    ).write(folder)
    return sorted(name for name in contents.pictures if f"{PICTURES}/{name}" not in checksums)


def _require_room_for(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is not empty: choose a new folder.")
    if folder.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise BackupError(f"{folder} is inside the folder of pictures: choose a folder elsewhere.")


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Create a folder beside this one for the operator alone: a backup has password hashes and unpublished stories."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.parent / f".{folder.name}.unfinished-{secrets.token_hex(4)}"
    unfinished.mkdir(mode=0o700)
    try:
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
