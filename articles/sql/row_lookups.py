"""Whether a row of another table exists, looked up by its index for each row of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan


def has_row(rows: QuerySet[Any]) -> GreaterThan:
    """Return the condition that there is such a row; the QuerySet refers to the outer row by OuterRef.

    For `Exists`, PostgreSQL may read all rows of the other table at once, which takes long where a list needs few.
    It expects some rows to have one and some to have none because of the comparison; of NULL it expects hardly any.
    """
    return GreaterThan(Coalesce(Subquery(rows.order_by().values("pk")[:1]), Value(0)), 0)
