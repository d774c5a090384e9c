"""A QuerySet's SQL, as a part of a larger statement that Django does not write."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def sql_of(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """Return the statement with its placeholders, and the values of these."""
    return queryset.query.sql_with_params()
