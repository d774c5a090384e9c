"""Creating, finding and dropping triggers on both databases, and the SQL that their definitions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import connection, transaction

INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"
ROWS_OF_EVENT = {INSERT: ["new"], UPDATE: ["old", "new"], DELETE: ["old"]}

IN_PLACE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """SELECT t.tgname, p.prosrc FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)""",
}
COLUMN_NAMES_QUERY = {
    "sqlite": "SELECT name FROM pragma_table_info(%s)",
    "postgresql": """SELECT attname FROM pg_attribute
        WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum""",
}
# On PostgreSQL each trigger has a function of its own, with its name; the trigger goes with it.
DROP = {"sqlite": "DROP TRIGGER {}", "postgresql": "DROP FUNCTION {} CASCADE"}


class Trigger(NamedTuple):
    name: str
    table: str
    sql: str

    def is_among(self, in_place: Mapping[str, str]) -> bool:
        """Return whether it is among these triggers, with this definition."""
        return self.name in in_place and in_place[self.name] in self.sql


def triggers_in_place(prefix: str) -> dict[str, str]:
    """Return name → definition of each trigger of the database whose name begins with this; not of disabled ones."""
    with connection.cursor() as cursor:
        cursor.execute(IN_PLACE[connection.vendor])
        return {name: definition for name, definition in cursor.fetchall() if name.startswith(prefix)}


def create_triggers(triggers: Iterable[Trigger]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for trigger in triggers:
            cursor.execute(trigger.sql)


def drop_named_triggers(names: Iterable[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(DROP[connection.vendor].format(name))


def columns_of_table(table: str) -> list[str]:
    """Return the columns that a table has, whatever its model has in this version. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMN_NAMES_QUERY[connection.vendor], [table])
        return [name for [name] in cursor.fetchall()]


def any_differs(columns: Iterable[str]) -> str:
    """Return the condition, for the trigger of an UPDATE, that one of these columns has another value."""
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f"old.{name} {differs} new.{name}" for name in sorted(columns))
