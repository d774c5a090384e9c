"""manage.py leak_check: proves on the site itself that readers see nothing before its time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.leaks import check_for_leaks
from articles.management.quiet import log_errors_only


class Command(BaseCommand):
    help = (
        "Hides made-up words in drafts, scheduled, withdrawn and ended stories and in changes to live ones, opens "
        "every page of the site and looks for them. Everything is undone. Fails when anything leaks."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        with log_errors_only():
            report = check_for_leaks()
        if verbosity > 1:
            for status, path in report.fetched:
                self.stdout.write(f"{status} {path}")
        for leak in report.leaks:
            self.stdout.write(str(leak))
        told = f"{len(report.fetched)} pages fetched, {len(report.leaks)} leaks."
        if report.blind:
            raise CommandError(f"{told} But these pages did not show what they should: {', '.join(report.blind)}")
        if report.leaks:
            raise CommandError(told)
        self.stdout.write(told)
