"""Make the copies of the library's pictures again: after a change of sizes, formats or settings, or a lost disk."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Image


class Command(BaseCommand):
    help = "Makes the resized copies of every picture again, and deletes those that no page uses any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="make only the copies that are missing")

    def handle(self, *args: Any, **options: Any) -> None:
        images = Image.objects.order_by("pk")
        total, made, dropped, failed = images.count(), 0, 0, 0
        for number, image in enumerate(images.iterator(chunk_size=100), start=1):
            try:
                count = image.make_copies(overwrite=not options["missing"])
            except OSError as error:
                failed += 1
                self.stderr.write(f"{image.file.name}: {error}")
                continue
            image.save(update_fields=["renditions"])
            dropped += image.delete_former_copies()
            made += count
            if count and options["verbosity"] > 1:
                self.stdout.write(f"{number}/{total} {image.file.name}: {count}")
        self.stdout.write(f"{total} pictures: {made} copies made, {dropped} of former focal points deleted.")
        if failed:
            raise CommandError(f"{failed} pictures could not be read; see above.")
