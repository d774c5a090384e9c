"""A list of the desk that may have a million rows: nothing is counted, and no page lies so deep that it takes long.

A page reads its rows and one more, which says whether there is a next page.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property

from articles.admin.declared_filters import DeclaredFiltersAdmin

ROWS_PER_PAGE = 50
MAX_PAGES = 100  # beyond them, a filter or a search leads there faster


class LookAheadPaginator(Paginator):
    """A paginator that knows the rows up to its current page and one more, so that it can tell whether a next page
    exists.
    """

    def __init__(self, rows: Any, per_page: int, *, page: int) -> None:
        super().__init__(rows, per_page)
        self.current = page

    @cached_property
    def count(self) -> int:
        start = (self.current - 1) * self.per_page
        rows: Any = self.object_list
        return start + len(rows.values_list("pk")[start : start + self.per_page + 1])


class LongList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.full_result_count = self.result_count  # else the page tells how far the paginator looked ahead


class LongListAdmin(DeclaredFiltersAdmin):
    """An admin whose pages are linked by admin/articles/<model>/pagination.html."""

    list_per_page = ROWS_PER_PAGE
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LongList

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> Paginator:
        return LookAheadPaginator(queryset, per_page, page=page_number(request))


def page_number(request: HttpRequest) -> int:
    """Return the requested page of the list, 1 for anything that is not a number."""
    text = request.GET.get(PAGE_VAR, "1")
    return min(int(text), MAX_PAGES) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1
