"""The archive: every month, the months of a year, the stories of a month."""

from __future__ import annotations

import datetime
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import clock, keys, metadata
from articles.models import Article, ArticleQuerySet
from articles.models.by_month import bounds_of
from articles.query_parameters import query_parameters
from articles.sql.compiled_query import param
from articles.views.paging import StoryList
from articles.views.rendering import render_page

IN_MONTH = StoryList(
    lambda: (
        Article.objects.visible(param("at"))
        .in_language(param("language"))
        .published_between(param("first"), param("end"))
        .newest_first()
    )
)


@require_safe
@query_parameters()
def archive(request: HttpRequest) -> HttpResponse:
    """Show every month that has stories, by year."""
    years = [
        (year, list(months)) for year, months in groupby(_stories_in_language().months(), lambda month: month.year)
    ]
    head = metadata.for_page(
        _("Archive"), _("All stories, month by month."), request.path, language=get_language() or ""
    )
    return render_page(request, "articles/archive.html", {"years": years, "metadata": head}, [_list()])


@require_safe
@query_parameters()
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the months of a year that have stories, and links to the years around it."""
    months = _stories_in_language().in_year(year).months()
    if not months:
        raise Http404("a year without stories")
    title = _("Archive %(year)d") % {"year": year}
    head = metadata.for_page(title, title, request.path, language=get_language() or "")
    earlier, later = _stories_in_language().months_around(months[-1], months[0])
    context = {"year": year, "months": months, "earlier": earlier, "later": later, "metadata": head}
    return render_page(request, "articles/archive_year.html", context, _between(earlier, later))


@require_safe
@query_parameters("before")
def month(request: HttpRequest, month: datetime.date) -> HttpResponse:
    """Show the stories of a month, newest first, and links to the months around it."""
    first, end = bounds_of(month.year, month.month)
    page = IN_MONTH.page(request, language=get_language(), first=first, end=end)
    if not page.items:
        raise Http404("a month without stories")
    title = date_format(month, "YEAR_MONTH_FORMAT")
    head = metadata.for_page(title, title, page.address, language=get_language() or "")
    earlier, later = _stories_in_language().months_around(month, month)
    context = {"month": month, "page": page, "earlier": earlier, "later": later, "metadata": head}
    return render_page(request, "articles/archive_month.html", context, _between(earlier, later))


def _list() -> str:
    return keys.stories(get_language() or "")


def _between(earlier: datetime.date | None, later: datetime.date | None) -> list[str]:
    """Return the keys of the stories from one month to another, both included.

    Without the earlier, of all stories; without the later, until what may come before midnight, when each page ends.
    """
    if earlier is None:
        return [_list()]
    end = bounds_of(later.year, later.month)[1] if later else clock.now() + datetime.timedelta(days=1)
    first, last = bounds_of(earlier.year, earlier.month)[0], end - datetime.timedelta(microseconds=1)
    return keys.of_months(_list(), keys.months_between(first, last))


def _stories_in_language() -> ArticleQuerySet:
    return Article.objects.visible().in_language(get_language() or "")
