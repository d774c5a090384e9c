"""manage.py simulate_tag_desk: proves on a database of its own that the tag desk loses nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.progress import Progress
from articles.management.quiet import errors_alone
from articles.management.tag_simulation import TagSimulation
from articles.management.throwaway import throwaway_database


class Command(BaseCommand):
    help = (
        "Renames, merges, deletes and undoes tags at random while stories are retagged, in a database that is made for "
        "it and deleted afterwards. Fails when a link is lost, an address is dead or an undo does not give all back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--steps", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=1, help="The same number gives the same steps.")

    def handle(self, *args: Any, steps: int, seed: int, verbosity: int, **options: Any) -> None:
        progress = Progress(self.stderr.write if verbosity else lambda line: None, steps)
        with throwaway_database(), errors_alone():
            simulation = TagSimulation(seed)
            report = simulation.run(steps, progress.show)
        did = ", ".join(f"{name} {count}" for name, count in sorted(report.steps.items()))
        self.stdout.write(f"{steps} steps with seed {seed}: {did}")
        self.stdout.write(f"{len(simulation.served)} addresses served, each with two feeds")
        self.stdout.write(f"links lost: {report.lost}")
        self.stdout.write(f"dead addresses: {len(report.dead)}")
        self.stdout.write(f"differences after undo: {report.differences}")
        self.stdout.write(f"merged tags that lead astray: {len(report.astray)}")
        self.stdout.write(f"aliases that clash with a tag: {len(report.ambiguous)}")
        if not report.passed:
            found = [*sorted(report.dead), *map(str, sorted(report.astray)), *sorted(report.ambiguous)]
            raise CommandError("\n".join(["The tag desk is not safe.", *found[:20]]))
