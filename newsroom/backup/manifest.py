"""Describes a backup: manifest.json, which is written last, and SHA256SUMS, which `sha256sum -c` can check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from django.core.files import File

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
PICTURES = "pictures"  # the folder of them
MANIFEST_FORMAT = 1  # format of the folder; another number is for another version of the newsroom
BLOCK_BYTES = 1024 * 1024  # bytes


class BackupError(Exception):
    """The reason why a backup cannot be made, is damaged, or must not be restored here, for the operator."""


@dataclass(frozen=True)
class Contents:
    """The rows and pictures that a copied database holds."""

    rows: dict[str, int]  # number of rows of each table
    pictures: set[str]  # names of files that it needs


@dataclass(frozen=True)
class Manifest:
    engine: str  # sqlite or postgresql
    created_at: str  # ISO 8601
    rows: dict[str, int]  # number of rows of each table
    migrations: list[str]  # app.name, those of the newsroom itself
    checksums: str  # SHA-256 of SHA256SUMS
    format: int = MANIFEST_FORMAT

    def write(self, folder: Path) -> None:
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Read the manifest in this folder. Raises BackupError when this version of the newsroom cannot."""
        try:
            values = json.loads((folder / MANIFEST).read_text())
            if values["format"] != MANIFEST_FORMAT:
                raise BackupError(
                    "The backup was made by another version of the newsroom: restore it with that version."
                )
            return cls(**values)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BackupError(f"{folder} does not hold a complete backup: {MANIFEST} is missing or damaged.") from error


def write_checksums(folder: Path, checksums: dict[str, str]) -> str:
    """Write the checksum of each file of the backup. Returns the checksum of that list."""
    lines = [f"{checksum}  {name}\n" for name, checksum in sorted(checksums.items())]
    (folder / CHECKSUMS).write_text("".join(lines))
    return checksum_of(folder / CHECKSUMS)


def read_checksums(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Return name → checksum of every file of the backup. Raises BackupError when the list was changed."""
    try:
        if checksum_of(folder / CHECKSUMS) != manifest.checksums:
            raise BackupError(f"The backup is damaged: {CHECKSUMS} is not the one that was written with it.")
        lines = (folder / CHECKSUMS).read_text().splitlines()
    except OSError as error:
        raise BackupError(f"The backup is damaged: {CHECKSUMS} is missing.") from error
    return {name: checksum for checksum, _space, name in (line.partition("  ") for line in lines)}


def check_files(folder: Path, checksums: dict[str, str]) -> Iterator[str]:
    """Read every file of the backup and yield its name. Raises BackupError at the first that is damaged."""
    for name, checksum in checksums.items():
        try:
            found = checksum_of(folder / name)
        except OSError as error:
            raise BackupError(f"The backup is damaged: {name} cannot be read ({error.strerror}).") from error
        if found != checksum:
            raise BackupError(f"The backup is damaged: {name} was changed after it was written.")
        yield name


def checksum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_with_checksum(source: IO[bytes] | File[bytes], target: IO[bytes]) -> str:
    """Copy what is left of an open file. Returns the SHA-256 of it."""
    digest = hashlib.sha256()
    while block := source.read(BLOCK_BYTES):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()
