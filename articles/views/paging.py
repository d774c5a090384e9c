"""Long lists in pages, without counting them: each reads one row more than it shows, to know whether more follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE = 20  # stories
DEEPEST = 200  # page; who looks further back is better served by the archive's months


@dataclass(frozen=True)
class Page:
    """One page of a list. Addresses are paths of this site, "" where there is no such page."""

    items: list[Any]
    number: int
    has_more: bool
    path: str
    query: Mapping[str, str] = field(default_factory=dict)  # what was asked, besides the page

    @property
    def address(self) -> str:
        """The canonical one: the first page has no number."""
        return self._address(self.number)

    @property
    def previous(self) -> str:
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self._address(self.number + 1) if self.has_more and self.number < DEEPEST else ""

    @property
    def is_deepest(self) -> bool:
        """More stories follow, but no page of this list leads to them."""
        return self.has_more and self.number >= DEEPEST

    def _address(self, number: int) -> str:
        query = {**self.query, **({"page": number} if number > 1 else {})}
        return f"{self.path}?{urlencode(query)}" if query else self.path


def page_number(request: HttpRequest) -> int:
    """The page that ?page= asks for, the first without it. Raises Http404 for what is no page number."""
    text = request.GET.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,3}", text) or int(text) > DEEPEST:
        raise Http404("no page number")
    return int(text)


def page_of(
    queryset: QuerySet[Any], request: HttpRequest, per_page: int = PER_PAGE, query: Mapping[str, str] | None = None
) -> Page:
    """The page that the address asks for; the first may be empty. One query. Raises Http404 past the end."""
    number = page_number(request)
    start = (number - 1) * per_page
    rows = list(queryset[start : start + per_page + 1])
    if number > 1 and not rows:
        raise Http404("past the end")
    return Page(rows[:per_page], number, len(rows) > per_page, request.path, query or {})
