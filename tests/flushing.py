"""Emptying the tables after a test that commits, which Django does slowly.

On PostgreSQL it truncates every table; on both databases it creates the content types, permissions and groups again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction

from articles.models import ChangeLog

# TRUNCATE makes the files of a table and of its indexes again; of few rows, DELETE takes a hundredth of the time.
# As a replica, the session checks no foreign keys and runs no triggers.
EMPTY = """
DO $$
DECLARE
  name regclass;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOREACH name IN ARRAY ARRAY[{tables}]::regclass[] LOOP
    IF pg_relation_size(name) > 1000000 THEN
      EXECUTE format('TRUNCATE %s CASCADE', name);
    ELSE
      EXECUTE format('DELETE FROM %s', name);
    END IF;
  END LOOP;
  PERFORM set_config('session_replication_role', 'origin', true);
END $$
"""


@contextmanager
def quick_flush() -> Iterator[None]:
    """Let `flush` leave the rows that the new database has now, as long as it keeps the sequences, as tests ask it to.

    Where the tests may not work as a replica, Django flushes: their private server lets them.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    rows = {table: found for table in sorted(tables - {ChangeLog._meta.db_table}) if (found := _read(table))[1]}
    operations = connections[connection.alias].ops
    original = operations.sql_flush

    def sql_flush(style, tables, *, reset_sequences=False, allow_cascade=False):
        statements = original(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        if reset_sequences or not statements:
            return statements
        if connection.vendor == "postgresql":
            statements = [EMPTY.format(tables=", ".join(f"'\"{table}\"'" for table in tables))]
        operations.execute_sql_flush(statements)
        _write(rows)
        ChangeLog.objects.add_everything()  # as after any migration
        return []  # nothing is left to do, also for what creates these rows

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite" or _is_superuser():
            patch.setattr(operations, "sql_flush", sql_flush)
        yield


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        return bool(cursor.fetchone()[0])


def _read(table):
    """Return the names of its columns and its rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return [column[0] for column in cursor.description], cursor.fetchall()


def _write(rows):
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            every = ", ".join([f"({places})"] * len(values))
            statement = f"INSERT INTO {quote(table)} ({names}) VALUES {every}"  # noqa: S608
            cursor.execute(statement, [value for row in values for value in row])
    ContentType.objects.clear_cache()
