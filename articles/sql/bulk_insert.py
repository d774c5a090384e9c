"""Inserts thousands of new rows at once, the fastest way that each database has: for bulk loaders.

A row is all that its table gets: no signals, no values by default, no ids back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection, models


def new_ids(model: type[models.Model], count: int) -> Iterable[int]:
    """Return ids that no row had or will have, ascending; on SQLite they are held until the transaction ends."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            ids = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(ids, [table, count])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
        return range(last + 1, last + 1 + count)


def copy_in(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows with values for these columns, in their order."""
    into = f"{model._meta.db_table} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            fields = {field.attname: field for field in model._meta.concrete_fields}
            _insert(cursor, into, [fields[column] for column in columns], rows)


def _insert(cursor: Any, into: str, fields: list[models.Field[Any, Any]], rows: Iterable[Sequence[Any]]) -> None:
    """Insert as many rows a statement as SQLite takes: after each, the search index puts its words in order."""
    ready = [field.get_db_prep_save for field in fields]
    values = ([prepare(value, cursor.db) for prepare, value in zip(ready, row, strict=True)] for row in rows)
    most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // len(fields)
    while some := list(islice(values, most)):
        places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(some))
        cursor.execute(f"INSERT INTO {into} VALUES {places}", list(chain.from_iterable(some)))  # noqa: S608
