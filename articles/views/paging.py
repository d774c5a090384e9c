"""Long lists in pages, without counting them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE = 20  # stories
DEEPEST = 500  # pages; who looks further back is better served by the archive's months


@dataclass(frozen=True)
class Page:
    """One page of a list; `next` and `previous` are page numbers, 0 where there is none."""

    items: list[Any]
    number: int
    next: int

    @property
    def previous(self) -> int:
        return self.number - 1


def page_of(queryset: QuerySet[Any], request: HttpRequest, per_page: int = PER_PAGE) -> Page:
    """The page that ?page= asks for, the first without it. One query, one row more than shown.

    Raises Http404 for what is no page number, and for pages past the end.
    """
    number = _number(request.GET.get("page", "1"))
    start = (number - 1) * per_page
    rows = list(queryset[start : start + per_page + 1])
    if number > 1 and not rows:
        raise Http404("past the end")
    more = len(rows) > per_page and number < DEEPEST
    return Page(rows[:per_page], number, number + 1 if more else 0)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= DEEPEST):
        raise Http404("no page number")
    return int(text)
