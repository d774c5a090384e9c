"""What comes before and after a place in an ordered list, read by the index of that order, however deep it lies.

SQLite and PostgreSQL compare whole rows, (a, b) < (x, y), and enter an index by them. Django writes that out in single
comparisons for SQLite, which then reads everything down to the place.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan, TupleLookupMixin

Place = tuple[datetime.datetime, int]  # of a story: when it came out, and its id


class RowLessThan(TupleLessThan):
    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return super(TupleLookupMixin, self).as_sql(compiler, connection)


class RowGreaterThan(TupleGreaterThan):
    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return super(TupleLookupMixin, self).as_sql(compiler, connection)
