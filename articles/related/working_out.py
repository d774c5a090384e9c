"""Works out what stories have in common and stores it with both: a new story finds its place in the lists of old ones.

It is done after a save is final, as a follow-up, and by a command for a whole archive.
"""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Max

from articles import clock
from articles.models import Article, FollowUp, RelatedList
from articles.models.follow_up import works_on
from articles.models.related_list import Match
from articles.related import matching, profiles
from articles.related.scoring import recency

MAX_MATCHES = 60  # in a story's list, found by itself or by the others
LISTS_PER_TRANSACTION = 20  # lists of other stories that are written to in one transaction
MAX_SKIPPING_ATTEMPTS = 3  # that leave out locked lists, before one that waits for them
MAX_TRIES = 5  # while stories are deleted
ARCHIVE_STEP = 20  # stories that are worked out at once
ARCHIVE_PAUSE = datetime.timedelta(seconds=1)  # between two steps

logger = logging.getLogger(__name__)

ListChanges = Mapping[int, Mapping[int, Match | None]]  # by story: what comes into its list, or goes (None)
Done = TypeVar("Done")


@works_on(FollowUp.Kind.RELATED)
def follow_save(task: FollowUp) -> bool:
    """Work out the story that was saved; False when lists of others were locked, and it has to come again."""
    waiting = task.attempts > MAX_SKIPPING_ATTEMPTS
    return despite_deletions(lambda: work_out([int(task.key)], waiting=waiting))


@works_on(FollowUp.Kind.ARCHIVE)
def follow_bulk_load(task: FollowUp) -> bool:
    """Work out the next stories of an archive, and request the rest: what is saved meanwhile comes first."""
    if ids := RelatedList.objects.missing_below(int(task.key), ARCHIVE_STEP):
        despite_failures(work_out, ids)
        FollowUp.objects.request(FollowUp.Kind.ARCHIVE, [ids[-1]], after=ARCHIVE_PAUSE)
    return True


def request_archive(*, after: datetime.timedelta = datetime.timedelta()) -> None:
    """Request the related stories of all published stories that were never worked out, a few at a time."""
    if newest := Article.objects.aggregate(newest=Max("pk"))["newest"]:
        FollowUp.objects.request(FollowUp.Kind.ARCHIVE, [newest + 1], after=after)


def work_out(ids: Iterable[int], *, waiting: bool = True, walk_began: datetime.datetime | None = None) -> bool:
    """Store what has most in common with these stories, and the place that they have in the lists of others.

    Stories that are not published are found by no other any more. Lists of others that somebody is writing to are
    waited for, or else left out: then the result is False, and all of it has to be worked out again. In a walk over an
    archive, the stories that were not worked out when it began are left out too: the walk comes to them.
    """
    stories = profiles.index_stories(ids)
    stored = RelatedList.objects.filter(pk__in=stories)
    former = {row.pk: [entry[0] for entry in row.matches] for row in stored}
    lists = _changes_of_lists(stories, matching.compare_stories(stories, former), former)
    own = {pk: [entry for entry in lists.pop(pk, {}).values() if entry] for pk in stories}
    if walk_began:
        there = RelatedList.objects.worked_out_before(walk_began, sorted(lists))
        lists = {pk: lists[pk] for pk in there}
    # A story's own list comes last: until then it says whose lists the story is in.
    if not _change_others(lists, waiting=waiting):
        return False
    tags = {pk: [tag.pk for tag in story.tags] for pk, story in stories.items()}
    despite_deletions(lambda: _write_own(own, former, tags))
    return True


def index_by_words(ids: Iterable[int]) -> dict[int, str]:
    """Let comparisons find these stories by their words; return the lightest of these of each, which most share."""
    stories = profiles.index_stories(ids)
    return {pk: min(one.telling, key=one.text.weights.__getitem__) for pk, one in stories.items() if one.telling}


def despite_deletions(work: Callable[[], Done]) -> Done:
    """Return what `work` returns; it is done again, from what is there then, when a story was deleted meanwhile."""
    for _ in range(MAX_TRIES - 1):
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


def select_best_matches(found: Iterable[Match], now: float) -> list[Match]:
    """Return the MAX_MATCHES entries with most weight for their age; ties to the newest, then by id."""

    def rank(one: Match) -> tuple[float, int, int]:
        return one.weight * recency(now - one.published), one.published, one.pk

    return sorted(found, key=rank, reverse=True)[:MAX_MATCHES]


def _change_others(lists: ListChanges, *, waiting: bool) -> bool:
    """Change the lists of other stories, a few in a transaction. False: some were locked and are as before."""
    left = sorted(lists)
    for skipping in (True, not waiting):
        steps = [left[start : start + LISTS_PER_TRANSACTION] for start in range(0, len(left), LISTS_PER_TRANSACTION)]
        left = [pk for step in steps for pk in _change_step(lists, step, skipping=skipping)]
    return not left


def _change_step(lists: ListChanges, step: Sequence[int], *, skipping: bool) -> list[int]:
    some = {pk: lists[pk] for pk in step}
    return despite_deletions(lambda: _change(some, skipping=skipping))


@transaction.atomic
def _change(lists: ListChanges, *, skipping: bool) -> list[int]:
    """Return the ids of those that were skipped, because another transaction holds them."""
    rows = RelatedList.objects.lock(lists.keys(), skipping=skipping)
    now = clock.now().timestamp()
    before = {pk: row.matches for pk, row in rows.items()}
    for pk, row in rows.items():
        _replace(row, [*_without(row.matches, lists[pk]), *filter(None, lists[pk].values())], now)
    RelatedList.objects.store([row for pk, row in rows.items() if row.matches != before[pk]], ["matches"])
    skipped = lists.keys() - rows.keys()
    if not skipped:
        return []
    return sorted(RelatedList.objects.filter(pk__in=skipped).values_list("pk", flat=True))


@transaction.atomic
def _write_own(own: Mapping[int, list[Match]], former: Mapping[int, list[int]], tags: Mapping[int, list[int]]) -> None:
    """Begin these lists again; what others put into them since `former` was read stays."""
    rows = RelatedList.objects.lock(own.keys())
    now = clock.now()
    for pk, row in rows.items():
        known = {*former.get(pk, ()), *(entry.pk for entry in own[pk])}
        _replace(row, [*_without(row.matches, known), *own[pk]], now.timestamp())
        row.tags, row.worked_out_at = tags[pk], now
    RelatedList.objects.store(rows.values(), ["matches", "tags", "worked_out_at"])


def _replace(row: RelatedList, entries: Iterable[Match], now: float) -> None:
    row.matches = [list(entry) for entry in select_best_matches(entries, now)]


def _changes_of_lists(
    stories: Mapping[int, profiles.StoryProfile], found: Mapping[int, list[Match]], former: Mapping[int, Iterable[int]]
) -> dict[int, dict[int, Match | None]]:
    """Return what comes into the lists of all that are concerned by these stories, or goes."""
    lists: dict[int, dict[int, Match | None]] = defaultdict(dict)
    for pk, others in found.items():
        story = stories[pk]
        for other in former.get(pk, ()):
            lists[other].setdefault(pk, None)
        for one in others:
            lists[pk][one.pk] = one
            lists[one.pk][pk] = one._replace(pk=pk, published=story.published, section=story.section)
    return lists


def _without(stored: list[list[object]], ids: Collection[int]) -> list[Match]:
    entries = [Match(*entry) for entry in stored]  # type: ignore[arg-type]
    return [entry for entry in entries if entry.pk not in ids]
