"""What changed of what public pages show, as keys (articles/keys.py): by it, caches know which pages are still true.

Triggers of the database write it (articles/triggers.py), so that no path of code can forget it. On PostgreSQL each
transaction writes rows under its own number: publishers never wait for each other. On SQLite, which has one writer, a
key has one row, whose id tells when it changed last.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, models
from django.db.models import Q

from articles import clock, keys
from articles.models.article import Article

if TYPE_CHECKING:
    from articles.models.article import ArticleQuerySet

KEEP_FOR = datetime.timedelta(days=1)  # no process waits longer between two reads and still trusts what it knows
MOST_KEYS = 5_000  # of one read; after more, all pages count as changed
BULK_LOAD = 1  # the txid on SQLite of the transaction that goes on
MOST_STORIES = 200  # that begin or end at once; after more, all pages count as changed

# A process knows all rows that its last snapshot could see, in whatever order transactions commit. A number from beyond
# this snapshot comes from a dump of another server.
CHANGED_IN_POSTGRESQL = """SELECT txid_current_snapshot()::text, ARRAY(
    SELECT key FROM articles_changelog
    WHERE txid >= txid_snapshot_xmin(%(seen)s::txid_snapshot) AND txid < txid_snapshot_xmax(txid_current_snapshot())
    AND NOT txid_visible_in_snapshot(txid, %(seen)s::txid_snapshot) LIMIT %(limit)s)"""
ADD_KEY = {
    "sqlite": """INSERT INTO articles_changelog (id, txid, key, changed_at)
        SELECT max(coalesce(max(seq), 0) + 1, CAST((julianday('now') - 2440587.5) * 86400000 AS integer)), 0, %s,
        strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now') FROM sqlite_sequence WHERE name = 'articles_changelog'""",
    "postgresql": """INSERT INTO articles_changelog (txid, key, changed_at) VALUES (txid_current(), %s, now())""",
}


class ChangeLogQuerySet(models.QuerySet["ChangeLog"]):
    def changed_since(self, position: str) -> tuple[str, set[str] | None]:
        """Return the position now, and the keys that changed after this one; None when all pages may have changed.

        "" stands for the position of a process that has read nothing. One query when nothing changed.
        """
        read = self._changed_in_sqlite if connection.vendor == "sqlite" else self._changed_in_postgresql
        now, changed = read(position)
        if not position or len(changed) > MOST_KEYS or keys.EVERYTHING in changed:
            return now, None
        return now, set(changed)

    def _changed_in_sqlite(self, position: str) -> tuple[str, list[str]]:
        newest = self.aggregate(newest=models.Max("id"))["newest"] or 0
        seen = int(position or newest)
        if newest < seen:  # another database has taken the place of the one that was read
            return str(newest), [keys.EVERYTHING]
        if newest == seen:
            return str(newest), []
        return str(newest), list(self.filter(id__gt=seen).values_list("key", flat=True)[: MOST_KEYS + 1])

    def _changed_in_postgresql(self, position: str) -> tuple[str, list[str]]:
        with connection.cursor() as cursor:
            cursor.execute(CHANGED_IN_POSTGRESQL, {"seen": position or "1:1:", "limit": MOST_KEYS + 1})
            now, changed = cursor.fetchone()
        return now, changed

    def last_changes(self) -> dict[str, datetime.datetime]:
        """Return key → when it changed last, for every key that is in the log, the newest first."""
        changes = self.values_list("key").annotate(last=models.Max("changed_at")).order_by("-last", "key")
        return dict(changes.values_list("key", "last"))

    def changed_by_time(self, after: datetime.datetime, until: datetime.datetime) -> set[str] | None:
        """Return the keys of stories that began or ended after one moment and until another, which nothing writes.

        None when all pages may have changed: scheduled changes wait for the next request to go live.
        """
        if Article.objects.filter(due_at__gt=after, due_at__lte=until).exists():
            return None
        begun = Article.objects.filter(publish_at__gt=after, publish_at__lte=until)
        ended = Article.objects.filter(unpublish_at__gt=after, unpublish_at__lte=until)
        ids = [pk for stories in (begun, ended) for pk in _ids(stories)]
        return None if len(ids) > MOST_STORIES else story_keys(ids)

    def add_everything(self) -> None:
        """Make every stored page be rendered again: for what changed behind the triggers' back, as by a restore.

        All that was logged goes, what a dump brought from another database too.
        """
        self.all().delete()
        self._add(keys.EVERYTHING)

    def _add(self, key: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(ADD_KEY[connection.vendor], [key])

    @contextmanager
    def everything_changes(self) -> Iterator[None]:
        """Count all pages as changed instead of logging keys: for a bulk load, in a transaction of its own."""
        self._add(keys.EVERYTHING)
        if connection.vendor == "postgresql":
            yield
            return
        everything = self.filter(key=keys.EVERYTHING)
        everything.update(txid=BULK_LOAD)
        yield
        everything.update(txid=0)

    def prune(self) -> int:
        """Forget what every process has read; how many rows. The newest stays, by which SQLite knows its position."""
        old = self.filter(changed_at__lt=clock.now() - KEEP_FOR)
        return old.exclude(pk=self.aggregate(newest=models.Max("pk"))["newest"]).delete()[0]


class ChangeLog(models.Model):
    key = models.CharField(max_length=100)
    txid = models.BigIntegerField(default=0)  # of the transaction on PostgreSQL
    changed_at = models.DateTimeField()

    objects = ChangeLogQuerySet.as_manager()

    class Meta:
        verbose_name = "changed key"
        verbose_name_plural = "change log"
        # Not unique: a dump brings rows of another database, among those that its loading writes.
        indexes = [
            models.Index(fields=["key", "txid"], name="change_log_key"),
            models.Index(fields=["txid"], name="change_log_txid"),
            models.Index(fields=["changed_at"], name="change_log_changed_at"),
        ]

    def __str__(self) -> str:
        return self.key


def story_keys(ids: Iterable[int]) -> set[str]:
    """Return all keys of pages that show these stories, or will."""
    chosen = ", ".join(str(int(pk)) for pk in ids)
    if not chosen:
        return set()
    found = [
        f"{select} AND story.id IN ({chosen})"
        for each in (*keys.KEYS_OF_STORY, *keys.STORY_ADDRESS, *keys.STORY_LISTS)
        for select in each.selects(connection.vendor, "story", "articles_article")
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(found))
        return {key for [key] in cursor.fetchall() if key}


def _ids(stories: ArticleQuerySet) -> list[int]:
    published = stories.filter(~Q(status__in=["draft", "review"]))
    return list(published.order_by().values_list("pk", flat=True)[: MOST_STORIES + 1])
