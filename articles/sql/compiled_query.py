"""Queries of readers' pages, compiled once in each process, and planned once on each connection to PostgreSQL.

To compile the query of a story takes Django ten times as long as a database takes to answer it. The query stays written
as a QuerySet; only what differs from page to page is a `param`. Nothing of an answer is kept.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import NotSupportedError, ProgrammingError, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators

logger = logging.getLogger(__name__)

Noun = TypeVar("Noun", bound=Model)


@dataclass(frozen=True)
class Slot:
    """The place of a value in the list of a query's parameters."""

    name: str


def param(name: str) -> Any:
    """Return what stands for a value of each execution: `Article.objects.filter(slug=param("slug"))`."""
    return _Param(name)


def params(name: str) -> Any:
    """Return what stands for a list of ids of any length: `Article.objects.filter(pk__in=params("ids"))`."""
    return _Params(name)


class _Param(Expression):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (Slot(self.name),)


class _Params(_Param):
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        rows = "SELECT value FROM json_each(%s)" if connection.vendor == "sqlite" else "SELECT unnest(%s::bigint[])"
        return f"({rows})", (Slot(self.name),)


class CompiledQuery(Generic[Noun]):
    """The query of the QuerySet that `build` returns, with params in it."""

    def __init__(self, build: Callable[[], QuerySet[Noun]]) -> None:
        self.build = build
        self._by_vendor: dict[str, _Compiled] = {}

    def fetch(self, **values: Any) -> list[Noun]:
        """Return the objects for these values of its params. One query."""
        compiled = self._compiled()
        return compiled.instances(compiled.rows(values))

    def _compiled(self) -> _Compiled:
        compiled = self._by_vendor.get(connection.vendor)
        if compiled is None:
            compiled = self._by_vendor[connection.vendor] = _Compiled(self.build())
        return compiled


class _Compiled:
    """The query as one database understands it."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self.compiler = compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.parameters = compiler.as_sql()
        columns = compiler.klass_info["select_fields"]
        self.first, self.end = columns[0], columns[-1] + 1
        self.names = [column[0].target.attname for column in compiler.select[self.first : self.end]]
        self.related: Any = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]
        for populator in self.related:
            populator.remote_setter = _forget  # else a cycle of references waits for the garbage collector
        expressions = [column[0] for column in compiler.select[: compiler.col_count]]
        self.converters = compiler.get_converters(expressions)
        self.prepared = _PostgreSQL(self.sql, self.parameters) if _can_prepare() else None

    def rows(self, values: dict[str, Any]) -> list[Any]:
        with connection.cursor() as cursor:
            if not (self.prepared and self.prepared.execute(cursor, values)):
                given = [_adapted(values[one.name]) if isinstance(one, Slot) else one for one in self.parameters]
                cursor.execute(self.sql, given)
            return cursor.fetchall()

    def instances(self, rows: list[Any]) -> list[Any]:
        """Return the objects of these rows, as Django's ModelIterable makes them."""
        model, annotations = self.compiler.klass_info["model"], self.compiler.annotation_col_map.items()
        found = []
        for row in self.compiler.apply_converters(rows, self.converters) if self.converters else rows:
            instance = model.from_db(connection.alias, self.names, row[self.first : self.end])
            for populator in self.related:
                populator.populate(row, instance)
            for name, place in annotations:
                setattr(instance, name, row[place])
            found.append(instance)
        return found


def _forget(_related: Any, _instance: Any) -> None:
    """Do not tell a related object whose it is."""


def _adapted(value: Any) -> Any:
    """Return a value as the database takes it."""
    match value:
        case datetime.datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case datetime.date():
            return connection.ops.adapt_datefield_value(value)
        case list():
            return json.dumps(value) if connection.vendor == "sqlite" else value
    return value


def _can_prepare() -> bool:
    """Return whether EXECUTE can be given values: not those that travel apart from the text."""
    options = connection.settings_dict.get("OPTIONS", {})
    return connection.vendor == "postgresql" and not options.get("server_side_binding")


class _PostgreSQL:
    """A query that each connection prepares once: https://www.postgresql.org/docs/current/sql-prepare.html."""

    names: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # of what is prepared, by connection
    is_refused = False  # by a pooler that gives each transaction another connection, or after a migration

    def __init__(self, sql: str, parameters: tuple[Any, ...]) -> None:
        from psycopg.sql import Literal

        self.slots = list(dict.fromkeys(one.name for one in parameters if isinstance(one, Slot)))
        numbers = {name: f"${number}" for number, name in enumerate(self.slots, 1)}
        given = [numbers[one.name] if isinstance(one, Slot) else Literal(one).as_string() for one in parameters]
        self.body = sql % tuple(given)
        self.name = f"newsroom_{hashlib.sha256(self.body.encode()).hexdigest()[:16]}"
        places = ", ".join(["%s"] * len(self.slots))
        self.statement = f"EXECUTE {self.name}({places})" if places else f"EXECUTE {self.name}"

    def execute(self, cursor: Any, values: dict[str, Any]) -> bool:
        """Return whether the cursor has the answer; False where nothing can be prepared."""
        if _PostgreSQL.is_refused:
            return False
        try:
            if self.name not in self.names.get(connection.connection, ()):
                self._prepare(connection.connection)
            cursor.execute(self.statement, [values[name] for name in self.slots])
        except (ProgrammingError, NotSupportedError) as error:
            if getattr(error.__cause__, "sqlstate", "") not in REFUSALS:
                raise
            logger.warning("Queries are no longer prepared by this process: %s", error)
            _PostgreSQL.is_refused = True
            return False
        return True

    def _prepare(self, raw: Any) -> None:
        """Prepare it by a cursor that runs wrappers, as for a limit, and logs no query: later pages are spared it."""
        cursor = connection.make_cursor(raw.cursor())
        names = self.names.get(raw)
        if names is None:
            # Left to itself, PostgreSQL plans a long query every time, which takes longer than to answer it.
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            names = self.names[raw] = set()
        cursor.execute(f"PREPARE {self.name} AS {self.body}")
        names.add(self.name)


# It is not there, though it was prepared; it is there, though it was not; a migration changed what it answers.
REFUSALS = {"26000", "42P05", "0A000"}
