"""The number that changes whenever a public page may have changed: what caches of pages ask for.

Triggers of the database keep it (articles/triggers.py), so that no path of code can forget it. On PostgreSQL a
transaction that changes public rows leaves one row, its own number: publishers never wait for each other. On SQLite,
which has one writer, a single row counts.
"""

from __future__ import annotations

import datetime
import time

from django.db import connection, models

from articles import clock

KEPT = datetime.timedelta(days=1)  # no process waits longer between two questions and still trusts its answer

# A process knows all turns that its last snapshot could see, in whatever order transactions commit. A turn from beyond
# this snapshot comes from a dump of another server.
POSTGRESQL = """SELECT txid_current_snapshot()::text, EXISTS (
    SELECT 1 FROM articles_edition
    WHERE turn >= txid_snapshot_xmin(%(seen)s::txid_snapshot) AND turn < txid_snapshot_xmax(txid_current_snapshot())
    AND NOT txid_visible_in_snapshot(turn, %(seen)s::txid_snapshot))"""


class EditionQuerySet(models.QuerySet["Edition"]):
    def since(self, seen: str) -> tuple[str, bool]:
        """(what is seen now, whether a turn came after what was `seen`). One query; "" has seen nothing."""
        if connection.vendor == "sqlite":
            now = str(self.aggregate(newest=models.Max("turn"))["newest"])
            return now, now != seen
        with connection.cursor() as cursor:
            cursor.execute(POSTGRESQL, {"seen": seen or "1:1:"})
            now, is_new = cursor.fetchone()
        return now, is_new or not seen

    def advance(self) -> None:
        """Make every stored page be rendered again: for what changed behind the triggers' back, as by a restore.

        Turns that a dump brought from another database go.
        """
        newest = self.aggregate(newest=models.Max("turn"))["newest"] or 0
        self.all().delete()
        if connection.vendor == "sqlite":
            self.create(turn=max(newest + 1, int(time.time())), turned_at=clock.now())
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_edition (turn, turned_at) VALUES (txid_current(), now()) ON CONFLICT DO NOTHING"
            )

    def prune(self) -> int:
        """Forget turns that every process has seen; how many."""
        old = self.filter(turned_at__lt=clock.now() - KEPT)
        return old.exclude(turn=self.aggregate(newest=models.Max("turn"))["newest"]).delete()[0]


class Edition(models.Model):
    turn = models.BigIntegerField(primary_key=True)
    turned_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.turn)
