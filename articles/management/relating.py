"""Works out the related stories of many stories, in as many processes as this machine has processors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from articles.importers.processes import map_in_processes
from articles.management.archive import lift_query_limits
from articles.related import working_out
from articles.related.working_out import despite_failures

STORIES_RELATED_AT_ONCE = 200  # stories that are compared together


@dataclass(frozen=True)
class StoryBatch:
    """Some of the stories, as they travel to another process."""

    database: str  # its name: this process may work on another than the configured one
    ids: list[int]


def relate_stories(ids: Sequence[int]) -> Iterator[int]:
    """Work out what these stories have most in common with, in two walks: each can be found before any is compared.

    Yields how many steps are done, of two a story. A story that fails, or that is deleted meanwhile, stops no other.
    """
    database = str(connection.settings_dict["NAME"])
    parts = [
        StoryBatch(database, list(ids[start : start + STORIES_RELATED_AT_ONCE]))
        for start in range(0, len(ids), STORIES_RELATED_AT_ONCE)
    ]
    done = 0
    for walk in (index_batch, compare_batch):
        for number in map_in_processes(walk, parts):
            yield (done := done + number)


def index_batch(part: StoryBatch) -> int:
    return _work(part, working_out.index)


def compare_batch(part: StoryBatch) -> int:
    return _work(part, working_out.work_out)


def _work(part: StoryBatch, work: Callable[[list[int]], object]) -> int:
    """Return the number of stories in the batch after working on it."""
    if connection.settings_dict["NAME"] != part.database:  # in a process that has just begun
        connection.close()
        connection.settings_dict["NAME"] = part.database
    lift_query_limits()
    despite_failures(work, part.ids)
    return len(part.ids)
