"""manage.py restore: makes the newsroom what it was when a backup was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = (
        "Checks a backup and puts its database and pictures in place. Stop the server first. Pictures that are newer "
        "than the backup stay as files. A newsroom that is not empty is replaced only with --overwrite."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that manage.py backup wrote")
        parser.add_argument("--overwrite", action="store_true", help="replace everything in the database")

    def handle(self, *args: Any, folder: Path, overwrite: bool, **options: Any) -> None:
        try:
            is_older = restore_backup(folder, self.stdout.write, overwrite=overwrite)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The newsroom is restored.")
        if is_older:
            self.stdout.write("The backup is of an older version: run `make prepare` before you start the server.")
