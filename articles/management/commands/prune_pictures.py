"""manage.py prune_pictures: says which picture files nothing needs, and deletes them when told to."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from articles.models import FollowUp
from articles.models.image_copies import copies_in
from articles.models.picture_files import unneeded_folders


class Command(BaseCommand):
    help = (
        "Reports which files of the storage belong to no picture of the library, such as those of an upload during "
        "which the server died. Deletes nothing without --delete. Pictures that no story shows stay: they are listed "
        "on the desk."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete them")

    def handle(self, *args: Any, delete: bool, **options: Any) -> None:
        folders = list(unneeded_folders())
        copies = 0
        for folder in folders:
            count = len(copies_in(folder))
            copies += count
            self.stdout.write(f"{folder}: {count} copies")
        said = f"{len(folders)} pictures that are not in the library, with {copies} copies"
        if not delete:
            self.stdout.write(f"{said}. Nothing was deleted; --delete deletes them.")
            return
        # An upload that began since they were looked for has announced its folder: its row stays as it is.
        done = FollowUp.objects.request_missing(FollowUp.Kind.FILES, folders).work_off()
        left = len(folders) - done
        self.stdout.write(
            f"{said}: deleted." if not left else f"{said}: {done} deleted, {left} left: run the command again later."
        )
