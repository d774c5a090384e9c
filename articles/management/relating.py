"""Works out the related stories of many stories, in as many processes as this machine has processors."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from articles import clock
from articles.importers.processes import map_in_processes
from articles.management.archive import lift_query_limits
from articles.related import working_out
from articles.related.working_out import despite_failures

STORIES_RELATED_AT_ONCE = 500  # stories that are compared together: 380 MB in a process; more is no faster


@dataclass(frozen=True)
class StoryBatch:
    """Some of the stories, as they travel to another process."""

    database: str  # its name: this process may work on another than the configured one
    ids: list[int]
    walk_began: datetime.datetime


def relate_stories(ids: Sequence[int], *, are_all: bool = False) -> Iterator[int]:
    """Work out what these stories have most in common with, in two walks: each can be found before any is compared.

    Yields how many steps are done, of two a story. A story that fails, or that is deleted meanwhile, stops no other.
    Those with the same word are compared together, because they find the same others, whose texts are read once. When
    they `are_all` of the archive, the walk comes to every list by itself.
    """
    began = datetime.datetime.min.replace(tzinfo=datetime.UTC) if are_all else clock.now()
    done = 0
    words: dict[int, str] = {}
    for found in map_in_processes(index_batch, _batches(ids, began)):
        words |= found
        yield (done := done + len(found))
    for number in map_in_processes(compare_batch, _batches(sorted(ids, key=lambda pk: words[pk]), began)):
        yield (done := done + number)


def index_batch(part: StoryBatch) -> dict[int, str]:
    """Index the stories of the batch; return the word by which each is sorted, "" of one without."""
    words = dict.fromkeys(part.ids, "")
    _work(part, lambda ids: words.update(working_out.index_by_words(ids)))
    return words


def compare_batch(part: StoryBatch) -> int:
    """Compare the stories of the batch; return how many they are."""
    _work(part, lambda ids: working_out.work_out(ids, walk_began=part.walk_began))
    return len(part.ids)


def _batches(ids: Sequence[int], began: datetime.datetime) -> list[StoryBatch]:
    database = str(connection.settings_dict["NAME"])
    starts = range(0, len(ids), STORIES_RELATED_AT_ONCE)
    return [StoryBatch(database, list(ids[start : start + STORIES_RELATED_AT_ONCE]), began) for start in starts]


def _work(part: StoryBatch, work: Callable[[list[int]], object]) -> None:
    if connection.settings_dict["NAME"] != part.database:  # in a process that has just begun
        connection.close()
        connection.settings_dict["NAME"] = part.database
    lift_query_limits()
    despite_failures(work, part.ids)
