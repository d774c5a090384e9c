"""The stories that have most in common with a story, worked out after it is saved: its page only reads them.

Both ways: a new story finds its place in the lists of the old ones. Nothing in here decides what readers may see: ids
of stories that are not public, or gone, may stand in a list.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, models, transaction

from articles import clock
from articles.kinship import Kin, recency
from articles.models import kin
from articles.models.follow_up import FollowUp, works_on

if TYPE_CHECKING:
    from articles.models.article import Article

KEPT = 60  # stories in a list, found by itself or by them
STEP = 20  # lists of others that are written to in one transaction
PATIENCE = 3  # attempts that leave out lists that are locked, before one that waits for them
TRIES = 5

logger = logging.getLogger(__name__)

Lists = Mapping[int, Mapping[int, Kin | None]]  # by story: what comes into its list, or goes (None)
Done = TypeVar("Done")


class RelatedListQuerySet(models.QuerySet["RelatedList"]):
    def follow(self, article: Article) -> None:
        """Work out what has most in common with this story once its save is final, even if this process dies."""
        FollowUp.objects.request_on_commit(FollowUp.Kind.RELATED, article.pk)

    def work_out(self, ids: Iterable[int], *, waiting: bool = True) -> bool:
        """What has most in common with these stories, and the place that they have in the lists of others.

        Those that are not published are found by no other any more. Lists of others that somebody is writing to are
        waited for, or else left out: then False comes back, and all of it has to be worked out again.
        """
        stories = kin.indexed(ids)
        former = {row.pk: [entry[0] for entry in row.matches] for row in self.filter(pk__in=stories)}
        lists = _entries(stories, kin.compared(stories, former), former)
        own = {pk: [entry for entry in lists.pop(pk, {}).values() if entry] for pk in stories}
        # A story's own list comes last: until then it says whose lists the story is in.
        if not self._tell(lists, waiting=waiting):
            return False
        tags = {pk: [tag.pk for tag in story.tags] for pk, story in stories.items()}
        despite_deletions(lambda: self._write(own, former, tags))
        return True

    def index(self, ids: Iterable[int]) -> None:
        """From now on, comparisons find these stories by their words."""
        kin.indexed(ids)

    def missing(self) -> list[int]:
        """Ids of published stories that were never worked out, the newest first: those of a bulk import."""
        from articles.models.article import Article

        stories = Article.objects.filter(status="published").exclude(related_list__worked_out_at__isnull=False)
        return list(stories.newest_first().values_list("pk", flat=True))

    def _tell(self, lists: Lists, *, waiting: bool) -> bool:
        """Change the lists of other stories, a few in a transaction. False: some were locked and are as before."""
        left = sorted(lists)
        for skipping in (True, not waiting):
            steps = [left[start : start + STEP] for start in range(0, len(left), STEP)]
            left = [pk for step in steps for pk in self._told(lists, step, skipping=skipping)]
        return not left

    def _told(self, lists: Lists, step: Sequence[int], *, skipping: bool) -> list[int]:
        some = {pk: lists[pk] for pk in step}
        return despite_deletions(lambda: self._change(some, skipping=skipping))

    @transaction.atomic
    def _change(self, lists: Lists, *, skipping: bool) -> list[int]:
        """Ids of those that were skipped, because another transaction holds them."""
        rows = self._locked(lists.keys(), skipping=skipping)
        now = clock.now().timestamp()
        before = {pk: row.matches for pk, row in rows.items()}
        for pk, row in rows.items():
            row.replace([*_without(row.matches, lists[pk]), *filter(None, lists[pk].values())], now)
        self._store([row for pk, row in rows.items() if row.matches != before[pk]], ["matches"])
        skipped = lists.keys() - rows.keys()
        return sorted(self.filter(pk__in=skipped).values_list("pk", flat=True)) if skipped else []

    @transaction.atomic
    def _write(
        self, own: Mapping[int, list[Kin]], former: Mapping[int, list[int]], tags: Mapping[int, list[int]]
    ) -> None:
        """Begin these lists again; what others put into them since `former` was read stays."""
        rows = self._locked(own.keys())
        now = clock.now()
        for pk, row in rows.items():
            known = {*former.get(pk, ()), *(entry.pk for entry in own[pk])}
            row.replace([*_without(row.matches, known), *own[pk]], now.timestamp())
            row.tags, row.worked_out_at = tags[pk], now
        self._store(rows.values(), ["matches", "tags", "worked_out_at"])

    def _locked(self, ids: Collection[int], *, skipping: bool = False) -> dict[int, RelatedList]:
        """The rows of these stories, for nobody else to change until the transaction ends; always in the same order.

        A story without a row gets one; those that are gone, and those that are skipped, are left out.
        """
        locked = self.order_by("pk").select_for_update(skip_locked=skipping)
        rows: dict[int, RelatedList] = {row.pk: row for row in locked.filter(pk__in=ids)}
        if missing := ids - rows.keys():
            self._begin(missing)
            rows |= {row.pk: row for row in locked.filter(pk__in=missing)}
        return rows

    def _begin(self, ids: Iterable[int]) -> None:
        """An empty list for those of these stories that have none."""
        from articles.models.article import Article

        bare = Article.objects.filter(pk__in=ids, related_list=None).order_by("pk").values_list("pk", flat=True)
        RelatedList.objects.bulk_create([RelatedList(article_id=pk) for pk in bare], ignore_conflicts=True)

    def _store(self, rows: Iterable[RelatedList], fields: list[str]) -> None:
        RelatedList.objects.bulk_create(rows, update_conflicts=True, unique_fields=["article"], update_fields=fields)


class RelatedList(models.Model):
    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="related_list")
    matches = models.JSONField(default=list)  # of Kin, at most KEPT
    tags = models.JSONField(default=list)  # ids of the story's tags when it was worked out
    worked_out_at = models.DateTimeField(null=True)  # None: others found it, itself it was never looked at

    objects = RelatedListQuerySet.as_manager()

    class Meta:
        verbose_name = "related list"
        verbose_name_plural = "related list"

    def __str__(self) -> str:
        return str(self.pk)

    def replace(self, entries: Iterable[Kin], now: float) -> None:
        self.matches = [list(entry) for entry in best(entries, now)]


@works_on(FollowUp.Kind.RELATED)
def follow_save(task: FollowUp) -> bool:
    """Work out the story that was saved; False when lists of others were locked, and it has to come again."""
    waiting = task.attempts > PATIENCE
    return despite_deletions(lambda: RelatedList.objects.work_out([int(task.key)], waiting=waiting))


def despite_deletions(work: Callable[[], Done]) -> Done:
    """What `work` returns; done again, from what is there then, when a story that it wrote to was deleted meanwhile."""
    for _ in range(TRIES - 1):
        with suppress(IntegrityError):
            return work()
    return work()


def despite_failures(work: Callable[[list[int]], object], ids: list[int]) -> None:
    """Do this for all of these stories together; when that fails, for each alone, and log those for which it fails."""
    try:
        despite_deletions(lambda: work(ids))
    except (OperationalError, InterfaceError):  # the database itself, for which no story can be blamed
        raise
    except Exception as error:
        if len(ids) == 1:
            logger.error("The related stories of story %s cannot be worked out", ids[0], exc_info=error)
            return
        for pk in ids:
            despite_failures(work, [pk])


def _entries(
    stories: Mapping[int, kin.Story], found: Mapping[int, list[Kin]], former: Mapping[int, Iterable[int]]
) -> dict[int, dict[int, Kin | None]]:
    """What comes into the lists of all that are concerned by these stories, or goes."""
    lists: dict[int, dict[int, Kin | None]] = defaultdict(dict)
    for pk, others in found.items():
        story = stories[pk]
        for other in former.get(pk, ()):
            lists[other].setdefault(pk, None)
        for one in others:
            lists[pk][one.pk] = one
            lists[one.pk][pk] = one._replace(pk=pk, published=story.published, section=story.section)
    return lists


def _without(stored: list[list[object]], ids: Collection[int]) -> list[Kin]:
    entries = [Kin(*entry) for entry in stored]  # type: ignore[arg-type]
    return [entry for entry in entries if entry.pk not in ids]


def best(found: Iterable[Kin], now: float) -> list[Kin]:
    """The KEPT with most weight for their age; ties to the newest, then by id."""
    ordered = sorted(found, key=lambda one: (-one.weight * recency(now - one.published), -one.published, -one.pk))
    return ordered[:KEPT]
