"""The picture files of a backup, read and written through the storage that the newsroom is configured with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.core.files.base import File
from django.core.files.storage import default_storage

from newsroom.backup.manifest import BLOCK, PICTURES, copy_with_checksum
from newsroom.media import PICTURE


def copy_pictures(folder: Path, checksums: dict[str, str]) -> Iterator[str]:
    """Copy the pictures that are not in `checksums` into the backup, note them there, and yield their names.

    One that is deleted meanwhile is left out: a later copy of the database does not know it.
    """
    for name in stored_pictures():
        if f"{PICTURES}/{name}" in checksums:
            continue
        target = folder / PICTURES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name, "rb") as source, target.open("wb") as file:
                checksums[f"{PICTURES}/{name}"] = copy_with_checksum(source, file)
        except FileNotFoundError:
            continue
        yield name


def restore_picture(folder: Path, name: str, checksum: str) -> bool:
    """Store this file of the backup, unless the same one is there. Returns whether it was stored."""
    path = str(PurePosixPath(name).relative_to(PICTURES))
    if default_storage.exists(path):
        if _stored_checksum(path) == checksum:
            return False
        default_storage.delete(path)
    with (folder / name).open("rb") as file:
        default_storage.save(path, File(file))
    return True


def stored_pictures(folder: str = "") -> Iterator[str]:
    """The name of every file that may be a picture's, with its folders, in order: no dot file, no “lost+found”."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # no picture yet, or deleted meanwhile
        return
    prefix = f"{folder}/" if folder else ""
    yield from filter(PICTURE.fullmatch, (prefix + name for name in sorted(files)))
    for name in filter(PICTURE.fullmatch, (prefix + name for name in sorted(folders))):
        yield from stored_pictures(name)


def _stored_checksum(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as file:
        for block in file.chunks(BLOCK):
            digest.update(block)
    return digest.hexdigest()
