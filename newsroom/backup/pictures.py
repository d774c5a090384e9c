"""The picture files of a backup, read and written through the storage that the newsroom is configured with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from django.core.files.base import File
from django.core.files.storage import default_storage

from newsroom.backup.manifest import BLOCK_BYTES, PICTURES, copy_with_checksum
from newsroom.media import PICTURE_PATH


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


def restore_missing(folder: Path, names: Iterable[str]) -> list[str]:
    """Store those files of the backup whose names the storage has not. Returns their names."""
    missing = [name for name in names if not default_storage.exists(_path(name))]
    for name in missing:
        with (folder / name).open("rb") as file:
            default_storage.save(_path(name), File(file))
    return missing


def differing_pictures(checksums: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Return those of these names under which the storage has something else than the backup."""
    return [name for name in names if _stored_checksum(_path(name)) != checksums[name]]


def restore_changed(folder: Path, names: Iterable[str]) -> None:
    """Put these files of the backup in the place of what the storage has under their names."""
    for name in names:
        with (folder / name).open("rb") as file:
            _replace(_path(name), File(file))


def _replace(path: str, file: File[bytes]) -> None:
    """Replace this file, in one step where the storage is a folder; elsewhere it is missing for a moment."""
    try:
        target = Path(default_storage.path(path))
    except NotImplementedError:
        default_storage.delete(path)
        default_storage.save(path, file)
        return
    beside = default_storage.save(f"{PurePosixPath(path).parent}/.{target.name}", file)
    Path(default_storage.path(beside)).replace(target)


def _path(name: str) -> str:
    """Return where the storage keeps this file of the backup."""
    return str(PurePosixPath(name).relative_to(PICTURES))


def stored_pictures(folder: str = "") -> Iterator[str]:
    """Yield the path of each file that may be a picture's, in order: no dot file, no “lost+found”."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # no picture yet, or deleted meanwhile
        return
    prefix = f"{folder}/" if folder else ""
    yield from filter(PICTURE_PATH.fullmatch, (prefix + name for name in sorted(files)))
    for name in filter(PICTURE_PATH.fullmatch, (prefix + name for name in sorted(folders))):
        yield from stored_pictures(name)


def _stored_checksum(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as file:
        for block in file.chunks(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
