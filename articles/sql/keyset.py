"""What comes before and after a place in an ordered list, read by the index of that order, however deep it lies.

SQLite and PostgreSQL compare whole rows, (a, b) < (x, y), and enter an index by them. Django's own comparison of tuples
writes that out in single comparisons for SQLite, which then reads everything down to the place.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import BooleanField, DateTimeField, F, Func, IntegerField, Value

ListPosition = tuple[datetime.datetime, int]  # of a story: when it came out, and its id


def is_before(time: str, story: str, place: ListPosition) -> Func:
    """Return the condition that the row of these two columns comes before a place."""
    return _compare("<", time, story, place)


def is_after(time: str, story: str, place: ListPosition) -> Func:
    """Return the condition that the row of these two columns comes after a place."""
    return _compare(">", time, story, place)


def _compare(sign: str, time: str, story: str, place: ListPosition) -> Func:
    given = _value(place[0], DateTimeField()), _value(place[1], IntegerField())
    return _Comparison(_Row(F(time), F(story)), _Row(*given), arg_joiner=f" {sign} ")


class _Row(Func):
    template = "(%(expressions)s)"
    output_field = IntegerField()  # a row has no type of its own, and Django asks for one


class _Comparison(Func):
    template = "%(expressions)s"
    output_field = BooleanField()


def _value(value: Any, field: Any) -> Any:
    return value if hasattr(value, "resolve_expression") else Value(value, output_field=field)
