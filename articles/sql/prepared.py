"""Questions that readers' pages ask again and again: their SQL is put together once, and planned once by PostgreSQL.

To put a story's query together takes Django ten times as long as a database takes to answer it. What a question is
stays written in the words of a QuerySet; only what differs from page to page is a `param`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import NotSupportedError, ProgrammingError, connection
from django.db.models import DateTimeField, Expression, Model, QuerySet
from django.db.models.query import get_related_populators

logger = logging.getLogger(__name__)

VARIANTS = 20  # of what is made of one object

Noun = TypeVar("Noun", bound=Model)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Slot:
    """Where a value goes in the list of a query's parameters."""

    name: str


def param(name: str) -> Any:
    """Stands for a value that is given with each question: `Article.objects.filter(slug=param("slug"))`."""
    return _Param(name)


def params(name: str) -> Any:
    """Stands for a list of ids, as many as there are: `Article.objects.filter(pk__in=params("ids"))`."""
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


class Prepared(Generic[Noun]):
    """A question made of the QuerySet that `build` returns, with params in it. To ask it is one query.

    One that `keeps` remembers so many objects of its latest answers in this process, by the rows that they were made
    of; questions for the same columns share them, and name the same number. All who ask get the same objects, so nobody
    may change them; see `made_of`. Nothing is kept while templates are written.
    """

    def __init__(self, build: Callable[[], QuerySet[Noun]], *, keeps: int = 0) -> None:
        self.build = build
        self.keeps = keeps
        self._forms: dict[str, _Form] = {}

    def ask(self, **values: Any) -> list[Noun]:
        """The objects for these values of its params."""
        form = self._form()
        return [form.instance(row) for row in form.rows(values)]

    def _form(self) -> _Form:
        form = self._forms.get(connection.vendor)
        if form is None:
            form = self._forms[connection.vendor] = _Form(self.build(), self.keeps)
        return form


class _Form:
    """The question as one database understands it."""

    def __init__(self, queryset: QuerySet[Any], keeps: int) -> None:
        self.compiler = compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.parameters = compiler.as_sql()
        columns = compiler.klass_info["select_fields"]
        self.first, self.end = columns[0], columns[-1] + 1
        self.names = [column[0].target.attname for column in compiler.select[self.first : self.end]]
        self.beside: Any = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]
        for one in self.beside:
            one.remote_setter = _forget  # else both know each other, and wait for the search for garbage to go
        expressions = [column[0] for column in compiler.select[: compiler.col_count]]
        self.converters = compiler.get_converters(expressions)
        self.moments = _moments(expressions) if connection.vendor == "postgresql" else []
        self.instance: Callable[[Any], Any] = self._keeper(keeps) if keeps and not settings.DEBUG else self._instance
        self.prepared = _PostgreSQL(self.sql, self.parameters) if _can_prepare() else None

    def _keeper(self, number: int) -> Callable[[Any], Any]:
        """Questions for the same columns share what they keep."""
        columns = ((sql, alias) for _column, (sql, _parameters), alias in self.compiler.select)
        key = (connection.vendor, *columns)
        return _keepers.setdefault(key, lru_cache(number)(lambda row: self._instance(row, made={})))

    def rows(self, values: dict[str, Any]) -> list[Any]:
        with connection.cursor() as cursor:
            if self.moments:
                from psycopg.types.string import TextLoader

                cursor.adapters.register_loader("timestamptz", TextLoader)
            if not (self.prepared and self.prepared.execute(cursor, values)):
                given = [_adapted(values[one.name]) if isinstance(one, Slot) else one for one in self.parameters]
                cursor.execute(self.sql, given)
            return cursor.fetchall()

    def _instance(self, row: Any, **more: Any) -> Any:
        """As Django's ModelIterable makes it."""
        if self.moments:
            row = [*row]
            for place in self.moments:
                row[place] = row[place] and datetime.datetime.fromisoformat(row[place])
        [row] = self.compiler.apply_converters([row], self.converters)
        found = self.compiler.klass_info["model"].from_db(connection.alias, self.names, row[self.first : self.end])
        for one in self.beside:
            one.populate(row, found)
        found.__dict__ |= {name: row[place] for name, place in self.compiler.annotation_col_map.items()} | more
        return found


def _forget(_remote: Any, _object: Any) -> None:
    """What was read beside an object is not told whose it is."""


def _moments(expressions: list[Any]) -> list[int]:
    """Places of the times in a row. They come as text: to read them takes as long as to find and send the row.

    So those of an object that is kept are read once.
    """
    return [place for place, one in enumerate(expressions) if isinstance(one.output_field, DateTimeField)]


_keepers: dict[Any, Callable[[Any], Any]] = {}  # of objects that are kept, by the columns they are made of


def made_of(one: Model, name: Any, make: Callable[[], Made]) -> Made:
    """What `make` makes of an object, kept under this name with an object that a question keeps.

    The name says all that it depends on besides the object, as the language. What is made may know the object by a
    weak reference only, so that both go at once when the question keeps others.
    """
    made: dict[Any, Made] = one.__dict__.get("made", {})
    try:
        return made[name]
    except KeyError:
        if len(made) >= VARIANTS:
            made.clear()
        return made.setdefault(name, make())


def _adapted(value: Any) -> Any:
    """As the database takes it."""
    match value:
        case datetime.datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case datetime.date():
            return connection.ops.adapt_datefield_value(value)
        case list():
            return json.dumps(value) if connection.vendor == "sqlite" else value
    return value


def _can_prepare() -> bool:
    """Values that travel apart from the text cannot be given to EXECUTE."""
    options = connection.settings_dict.get("OPTIONS", {})
    return connection.vendor == "postgresql" and not options.get("server_side_binding")


class _PostgreSQL:
    """A question that each connection prepares once: https://www.postgresql.org/docs/current/sql-prepare.html."""

    known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by connection, what it has prepared
    is_refused = False  # by a pooler that gives each question another connection, or after a migration

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
        """Whether the cursor has its answer now."""
        if _PostgreSQL.is_refused:
            return False
        try:
            if self.name not in self.known.get(connection.connection, ()):
                self._prepare(connection.connection)
            cursor.execute(self.statement, [values[name] for name in self.slots])
        except (ProgrammingError, NotSupportedError) as error:
            if getattr(error.__cause__, "sqlstate", "") not in REFUSALS:
                raise
            logger.warning("Questions are no longer prepared by this process: %s", error)
            _PostgreSQL.is_refused = True
            return False
        return True

    def _prepare(self, line: Any) -> None:
        """Prepare it by a cursor that runs wrappers, as for a limit, and logs no query: later pages are spared it."""
        cursor = connection.make_cursor(line.cursor())
        names = self.known.get(line)
        if names is None:
            # Left to itself, PostgreSQL plans a long question anew each time, which takes longer than to answer it.
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            names = self.known[line] = set()
        cursor.execute(f"PREPARE {self.name} AS {self.body}")
        names.add(self.name)


# It is not there, though it was prepared; it is there, though it was not; a migration changed what it answers.
REFUSALS = {"26000", "42P05", "0A000"}
