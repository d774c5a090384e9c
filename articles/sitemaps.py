"""The files for crawlers: robots.txt, the sitemap's index and parts, the news of the last two days.

Formats: https://www.sitemaps.org/protocol.html (at most 50,000 addresses a file) and Google's news sitemap (at most
1,000 stories of two days). Stories, authors and tags are in parts by their ids: no part is long, what is in one stays
there, and the index reads one row a part.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from articles import clock
from articles.metadata import absolute
from articles.models import Article, ArticleQuerySet, Author, Section, Tag
from articles.query_parameters import query_parameters
from articles.sql.id_ranges import filled_ranges, in_range

NEWS_LIMIT = 1_000  # stories
NEWS_AGE = datetime.timedelta(days=2)


@require_safe
@query_parameters()
def robots(request: HttpRequest) -> HttpResponse:
    sitemaps = [absolute(reverse(name)) for name in ("sitemap", "news_sitemap")]
    return render(request, "articles/robots.txt", {"sitemaps": sitemaps}, content_type="text/plain; charset=utf-8")


@require_safe
@conditional_page
@query_parameters()
def index(request: HttpRequest) -> HttpResponse:
    """List the parts that are not empty."""
    addresses = [absolute(reverse("sitemap_pages"))]
    for kind, (nouns, _fields) in PARTS.items():
        first = absolute(reverse("sitemap_part", args=[kind, 1]))  # queried once, because there may be a thousand
        stem = first.removesuffix("1.xml")
        addresses += [f"{stem}{number}.xml" for number in filled_ranges(nouns())]
    return _xml(request, "articles/sitemap_index.xml", {"addresses": addresses})


@require_safe
@conditional_page
@query_parameters()
def part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List a kind (PARTS) in a range of ids, by id: stories of all languages, each with its last change."""
    if kind not in PARTS:
        raise Http404("no kind")
    nouns, fields = PARTS[kind]
    found = in_range(nouns(), number).only(*fields)
    # Times are written here, in UTC: the template's filter would be a third of the price of a part.
    entries = [(absolute(one.get_absolute_url()), _written(getattr(one, "last_changed", None))) for one in found]
    if not entries:
        raise Http404("an empty part")
    return _xml(request, "articles/sitemap.xml", {"entries": entries})


@require_safe
@conditional_page
@query_parameters()
def pages(request: HttpRequest) -> HttpResponse:
    """List the front page and the sections."""
    sections = Section.objects.filter(Exists(_visible_stories().filter(section=OuterRef("pk"))))
    paths = [reverse("front"), *(section.get_absolute_url() for section in sections)]
    return _xml(request, "articles/sitemap.xml", {"entries": [(absolute(path), "") for path in paths]})


@require_safe
@conditional_page
@query_parameters()
def news(request: HttpRequest) -> HttpResponse:
    stories = _visible_stories().filter(publish_at__gte=clock.now() - NEWS_AGE).unpaid()
    entries = [
        {"address": absolute(story.get_absolute_url()), "story": story}
        for story in stories.newest_first().only("headline", *_ADDRESS)[:NEWS_LIMIT]
    ]
    return _xml(request, "articles/news_sitemap.xml", {"entries": entries, "publication": settings.SITE_NAME})


_ADDRESS = ("slug", "language", "address_date", "publish_at", "changed_at")


def _visible_stories() -> ArticleQuerySet:
    """Return visible stories of every language. Naming them lets the index on (status, language, time) serve."""
    return Article.objects.visible().filter(language__in=[code for code, _name in settings.LANGUAGES])


def _tags() -> QuerySet[Tag]:
    """Return the tags that have a few stories."""
    return Tag.objects.in_use(settings.LANGUAGES[0][0]).filter(story_count__gte=Tag.MIN_INDEXED_STORIES)


# Models whose addresses are listed in parts, and the fields of these addresses
PARTS: dict[str, tuple[Callable[[], QuerySet[Any]], tuple[str, ...]]] = {
    "stories": (_visible_stories, _ADDRESS),
    "authors": (Author.objects.published, ("slug",)),
    "tags": (_tags, ("slug",)),
}


def _written(time: datetime.datetime | None) -> str:
    """Return the time in the format of https://www.w3.org/TR/NOTE-datetime, "" for none."""
    return time.isoformat() if time else ""


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
