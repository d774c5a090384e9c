"""Ranges of ids: parts of a list that grows for ever, of one size each, whose rows never move to another part.

A range is named by its number, from 1 on. Both queries need the index of the primary key alone.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from articles.keys import IDS_IN_RANGE
from articles.sql.subqueries import sql_of

# From each range to the first row after it. `edge` is the last id of a range.
FILLED = """
    WITH RECURSIVE filled (edge) AS (
        SELECT CAST(0 AS bigint)
        UNION ALL
        SELECT ((({following}) - 1) / {size} + 1) * {size} FROM filled WHERE edge IS NOT NULL)
    SELECT edge / {size} FROM filled WHERE edge > 0"""

Noun = TypeVar("Noun", bound=Model)


def range_of(pk: int) -> int:
    """
    >>> range_of(1), range_of(1_000), range_of(1_001)
    (1, 1, 2)
    """
    return (pk - 1) // IDS_IN_RANGE + 1


def in_range(rows: QuerySet[Noun], number: int) -> QuerySet[Noun]:
    """Return the rows whose id is in the range, by id; at most IDS_IN_RANGE."""
    return _by_id(rows, pk__gt=(number - 1) * IDS_IN_RANGE, pk__lte=number * IDS_IN_RANGE)


def filled_ranges(rows: QuerySet[Noun]) -> list[int]:
    """Return the numbers of the ranges that hold one of these rows, ascending. One query, one row looked up in each."""
    following = _by_id(rows, pk__gt=RawSQL("filled.edge", ())).values("pk")[:1]
    sql, parameters = sql_of(following)
    with connection.cursor() as cursor:
        cursor.execute(FILLED.format(following=sql, size=IDS_IN_RANGE), parameters)
        return [number for (number,) in cursor.fetchall()]


def _by_id(rows: QuerySet[Noun], **between: Any) -> QuerySet[Noun]:
    """Return the rows between these ids, by id.

    SQLite is made to look at each where its id leads; else it would enter an index of another condition.
    """
    if connection.vendor == "sqlite":
        rows = rows.model._default_manager.filter(Exists(rows.order_by().filter(pk=OuterRef("pk"))))
    return rows.filter(**between).order_by("pk")
