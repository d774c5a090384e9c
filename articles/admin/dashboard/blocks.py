"""A block of the desk's front: a title, rows that each lead to their work, and what to do where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

ROWS_SHOWN = 8


@dataclass(frozen=True)
class DashboardRow:
    title: str
    url: str
    facts: Sequence[str] = ()  # shown in one line, the most telling one first
    warning: str = ""
    note: str = ""  # what a colleague wrote


@dataclass(frozen=True)
class DashboardBlock:
    name: str
    title: str
    rows: Sequence[DashboardRow]
    empty: str  # what to do when there are no rows
    more_url: str = ""  # of the list of all


def list_url(noun: str, **filters: str) -> str:
    """Return the URL of the desk's list of this noun, with these filters."""
    url = reverse(f"admin:articles_{noun}_changelist")
    return f"{url}?{urlencode(filters)}" if filters else url
