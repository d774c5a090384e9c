"""The stories that have most in common with a story, worked out when it is saved: its page only reads them.

Both ways: a new story finds its place in the lists of the old ones. Nothing in here decides what readers may see: ids
of stories that are not public, or gone, may stand in a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction

from articles import clock
from articles.kinship import Kin, recency
from articles.models import kin

if TYPE_CHECKING:
    from articles.models.article import Article

KEPT = 60  # stories in a list, found by itself or by them
BATCH = 200  # stories a transaction
TRIES = 5


class RelativesQuerySet(models.QuerySet["Relatives"]):
    def follow(self, article: Article) -> None:
        """Work out what has most in common with this story once its save is final.

        A failure is logged and loses nothing: the page goes by the tags until the next save.
        """

        def work_out() -> None:  # by its name Django logs a failure
            despite_deletions(self.work_out, [article.pk])

        transaction.on_commit(work_out, robust=True)

    def work_out(self, ids: Iterable[int]) -> None:
        """What has most in common with these stories, and the place that they have in the lists of others.

        Those that are not published are found by no other any more.
        """
        stories = kin.indexed(ids)
        former = {row.pk: [entry[0] for entry in row.kin] for row in self.filter(pk__in=stories)}
        found = kin.compared(stories, former)
        lists: dict[int, dict[int, Kin | None]] = defaultdict(dict, {pk: {} for pk in stories})
        for pk, others in found.items():
            story = stories[pk]
            for other in former.get(pk, []):
                lists[other].setdefault(pk, None)
            for one in others:
                lists[pk][one.pk] = one
                lists[one.pk][pk] = one._replace(pk=pk, published=story.published, section=story.section)
        self._write(lists, {pk: [tag.pk for tag in story.tags] for pk, story in stories.items()})

    def work_out_all(self, ids: Sequence[int]) -> Iterator[int]:
        """The same for many, in two walks: each can be found before the first is compared.

        Yields how many steps are done, of two a story.
        """
        batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
        done = 0
        for walk in (kin.indexed, self.work_out):
            for batch in batches:
                despite_deletions(walk, batch)
                yield (done := done + len(batch))

    def missing(self) -> list[int]:
        """Ids of published stories that were never worked out, the newest first: those of a bulk import."""
        from articles.models.article import Article

        stories = Article.objects.filter(status="published").exclude(relatives__worked_out_at__isnull=False)
        return list(stories.newest_first().values_list("pk", flat=True))

    @transaction.atomic
    def _write(self, lists: Mapping[int, Mapping[int, Kin | None]], worked_out: Mapping[int, list[int]]) -> None:
        """Put these into the lists of stories, or take them out (None); a list of `worked_out` begins anew."""
        rows = {row.pk: row for row in self.select_for_update().filter(pk__in=lists).order_by("pk")}
        now = clock.now()
        changed = []
        for pk, entries in sorted(lists.items()):
            row = rows.get(pk) or Relatives(article_id=pk)
            before = row.kin
            stay = [] if pk in worked_out else [Kin(*one) for one in before if one[0] not in entries]
            row.kin = [list(one) for one in best([*stay, *filter(None, entries.values())], now.timestamp())]
            if pk in worked_out:
                row.tags, row.worked_out_at = worked_out[pk], now
            if pk in worked_out or row.kin != before:
                changed.append(row)
        fields = ["kin", "tags", "worked_out_at"]
        Relatives.objects.bulk_create(changed, update_conflicts=True, unique_fields=["article"], update_fields=fields)


class Relatives(models.Model):
    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="relatives")
    kin = models.JSONField(default=list)  # of Kin, at most KEPT
    tags = models.JSONField(default=list)  # ids of the story's tags when it was worked out
    worked_out_at = models.DateTimeField(null=True)  # None: others found it, itself it was never looked at

    objects = RelativesQuerySet.as_manager()

    class Meta:
        verbose_name = "relatives"
        verbose_name_plural = "relatives"

    def __str__(self) -> str:
        return str(self.pk)


def despite_deletions(work: Callable[[Sequence[int]], object], ids: Sequence[int]) -> None:
    """`work` on these stories; anew, from what is there by then, when one that it wrote to was deleted meanwhile."""
    for _ in range(TRIES - 1):
        with suppress(IntegrityError):
            work(ids)
            return
    work(ids)


def best(found: Iterable[Kin], now: float) -> list[Kin]:
    """The KEPT with most weight for their age; ties to the newest, then by id."""
    ordered = sorted(found, key=lambda one: (-one.weight * recency(now - one.published), -one.published, -one.pk))
    return ordered[:KEPT]
