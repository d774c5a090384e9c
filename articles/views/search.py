"""The search page; articles/search/ finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.validators import validate_slug
from django.db import OperationalError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import clock, metadata
from articles.models import Article, Author, Section, Tag
from articles.query_parameters import query_parameters
from articles.search import SearchOrder, search
from articles.views.paging import ListPage
from articles.views.rendering import render_page

MAX_QUERY_LENGTH = 200  # characters
PARAMETERS = ("q", "section", "author", "tag", "year", "order")  # of an address, besides the page

STATEMENT_TIMED_OUT = "57014"  # PostgreSQL's code for a query that took longer than its statement_timeout
SEARCH_RETRY_AFTER_SECONDS = 30

Noun = TypeVar("Noun", bound=Model)


@require_safe
@query_parameters(*PARAMETERS, "page")
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what is found; answer 404 for a section, author, tag or year that does not exist."""
    language = get_language() or ""
    text = request.GET.get("q", "").replace("\0", "").strip()[:MAX_QUERY_LENGTH]
    asked: dict[str, Any] = {
        "section": _named(Section.objects.all(), request),
        "author": _named(Author.objects.published(), request),
        "tag": _tag(request),
        "year": _year(request),
        "order": _order(request),
    }
    number = _number(request)
    try:
        found = search(text, language=language, page=number, **asked)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != STATEMENT_TIMED_OUT:
            raise
        return _took_too_long(request, text, asked, language)
    if number > 1 and not found.hits:
        raise Http404("past the end")
    query = {name: request.GET[name] for name in PARAMETERS if request.GET.get(name)}
    query |= {"tag": asked["tag"].slug} if asked["tag"] else {}
    own, previous, following = (_address(request.path, query, one) for one in (number, found.previous, found.next))
    page = ListPage(found.hits, own, previous, following, number)
    title = _("Search: %(text)s") % {"text": text} if text else _("Search")
    # Search engines keep one page for all that is found, and none for words that somebody made up.
    is_of_use = bool(found.hits) or not text
    head = metadata.for_page(title, _("Find a story."), request.path, language=language, index=is_of_use)
    context = {"text": text, "asked": asked, "years": _years(language), "page": page, "metadata": head}
    context |= {"is_whole": found.is_whole, "took_too_long": False}
    return render_page(request, "articles/search.html", context)


def _took_too_long(request: HttpRequest, text: str, asked: dict[str, Any], language: str) -> HttpResponse:
    """Answer 503 with what was typed, and what may help."""
    head = metadata.for_page(_("Search"), _("Find a story."), request.path, language=language, index=False)
    context = {"text": text, "asked": asked, "years": _years(language), "metadata": head, "took_too_long": True}
    response = render(request, "articles/search.html", context, status=503)
    response.headers["Retry-After"] = str(SEARCH_RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    if not re.fullmatch("[1-9][0-9]?", text):  # what is found is not more
        raise Http404("no page number")
    return int(text)


def _address(path: str, query: Mapping[str, str], number: int) -> str:
    """Return the address of a page of results; "" for page 0, which is none."""
    if not number:
        return ""
    asked = urlencode({**query, "page": number} if number > 1 else query)
    return f"{path}?{asked}" if asked else path


def _named(nouns: QuerySet[Noun], request: HttpRequest) -> Noun | None:
    """Return the section or author whose slug the address names; None when it names none."""
    slug = _slug(str(nouns.model._meta.model_name), request)
    return get_object_or_404(nouns, slug=slug) if slug else None


def _tag(request: HttpRequest) -> Tag | None:
    """Return the tag with this slug, which may also be that of an alias, or a former one."""
    slug = _slug("tag", request)
    tag = Tag.objects.public().at_slug(slug) if slug else None
    if slug and tag is None:
        raise Http404("no such tag")
    return tag


def _slug(name: str, request: HttpRequest) -> str:
    slug = request.GET.get(name, "")
    if slug and not validate_slug.regex.fullmatch(slug):  # type: ignore[union-attr]
        raise Http404("no slug")
    return slug


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("year", "")
    if text and not re.fullmatch("[1-9][0-9]{3}", text):
        raise Http404("no year")
    return int(text) if text else None


def _order(request: HttpRequest) -> SearchOrder:
    return "newest" if request.GET.get("order") == "newest" else "best"


def _years(language: str) -> Iterable[Any]:
    """Return the years from this one back to the first story's."""
    stories = Article.objects.visible().in_language(language)
    oldest = stories.order_by("publish_at", "pk").values_list("publish_at", flat=True).first()
    this_year = timezone.localdate(clock.now()).year
    return range(this_year, timezone.localdate(oldest).year - 1 if oldest else this_year, -1)
