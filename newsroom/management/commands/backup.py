"""manage.py backup: copies the database and the pictures into a folder, while the newsroom goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.backup import BackupError, create_backup


class Command(BaseCommand):
    help = (
        "Copies the database and the pictures into a new folder and checks the copy, while the site goes on. The "
        "folder appears only when it is complete. Keep it private: it holds password hashes and unpublished stories."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a new or empty folder, on another disk")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            lost = create_backup(folder, self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        for name in lost:
            self.stderr.write(f"The file of the picture {name} is missing: it is not in the backup.")
        self.stdout.write(f"The backup is in {folder}.")
