"""manage.py simulate_editors: proves that two people who write one story lose no word."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.quiet import errors_alone
from articles.management.throwaway import throwaway_database
from newsroom.management.editing_simulation import Simulation


class Command(BaseCommand):
    help = (
        "Lets two editors load, type, autosave, save, publish, schedule, restore and tag one story in random order, in "
        "a throw-away database. Fails when a word is lost or a conflict is shown where there is none."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--interleavings", type=int, default=1000, help="default: 1000")
        parser.add_argument("--seed", type=int, default=1, help="the same seed does the same; default: 1")

    def handle(self, *args: Any, interleavings: int, seed: int, verbosity: int, **options: Any) -> None:
        with throwaway_database(), errors_alone():
            simulation = Simulation(seed)
            for report in simulation.run(interleavings):
                if verbosity > 1 and report.interleavings % 100 == 0:
                    self.stdout.write(f"{report.interleavings}: {report.typed} words typed, {len(report.lost)} lost")
        report = simulation.report
        for line in [*report.lost, *report.false_conflicts, *report.odd]:
            self.stdout.write(line)
        told = (
            f"{report.interleavings} interleavings: {report.typed} words typed, {len(report.lost)} lost, "
            f"{report.conflicts} conflicts shown, {len(report.false_conflicts)} of them false, "
            f"{len(report.odd)} odd answers."
        )
        if not report.passed:
            raise CommandError(told)
        self.stdout.write(told)
