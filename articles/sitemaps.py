"""The files for crawlers: robots.txt, the sitemap's index and parts, the news of the last two days.

Formats: https://www.sitemaps.org/protocol.html (at most 50,000 addresses a file) and Google's news sitemap (at most
1,000 stories of two days). Stories, authors and tags are in parts by their ids: no part is long, what is in one stays
there, and the index reads one row a part.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from articles import clock, keys
from articles.metadata import absolute
from articles.models import Article, ArticleQuerySet, Author, Section, Tag
from articles.query_parameters import query_parameters
from articles.sql.id_ranges import filled_ranges, in_range, range_of
from articles.surrogates import keys_of

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
    addresses, lists = [absolute(reverse("sitemap_pages"))], set()
    for name, kind in KINDS.items():
        first = absolute(reverse("sitemap_part", args=[name, 1]))  # queried once, because there may be a thousand
        stem = first.removesuffix("1.xml")
        addresses += [f"{stem}{number}.xml" for number in filled_ranges(kind.rows())]
        lists |= set(kind.lists(None))
    return _xml(request, "articles/sitemap_index.xml", {"addresses": addresses}, lists)


@require_safe
@conditional_page
@query_parameters()
def part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List a kind (KINDS) in a range of ids, by id: stories of all languages, each with its last change."""
    if kind not in KINDS:
        raise Http404("no kind")
    found = in_range(KINDS[kind].rows(), number).only(*KINDS[kind].fields)
    # Times are written here, in UTC: the template's filter would be a third of the price of a part.
    entries = [(absolute(one.get_absolute_url()), _written(getattr(one, "last_changed", None))) for one in found]
    if not entries:
        raise Http404("an empty part")
    return _xml(request, "articles/sitemap.xml", {"entries": entries}, KINDS[kind].lists(number))


@require_safe
@conditional_page
@query_parameters()
def pages(request: HttpRequest) -> HttpResponse:
    """List the front page and the sections that have stories: a story of each is the proof, and a key."""
    proofs = _visible_stories().filter(section=OuterRef("pk")).order_by().values("pk")[:1]
    sections: list[Any] = list(Section.objects.annotate(proof=Subquery(proofs)))
    paths = [reverse("front"), *(section.get_absolute_url() for section in sections if section.proof)]
    lists = [key for section in sections for key in _keys_of_section(section.pk, section.proof)]
    return _xml(request, "articles/sitemap.xml", {"entries": [(absolute(path), "") for path in paths]}, lists)


def _keys_of_section(pk: int, proof: int | None) -> list[str]:
    """Return the keys of whether a section has stories, with one of them as proof."""
    return [keys.story(proof)] if proof else [keys.stories_of("section", pk, code) for code in _codes()]


@require_safe
@conditional_page
@query_parameters()
def news(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    stories = _visible_stories().filter(publish_at__gte=now - NEWS_AGE).unpaid()
    found = list(stories.newest_first().only("headline", *_ADDRESS)[:NEWS_LIMIT])
    entries = [{"address": absolute(story.get_absolute_url()), "story": story} for story in found]
    context: dict[str, object] = {"entries": entries, "publication": settings.SITE_NAME}
    months = keys.months_between(now - NEWS_AGE, now)
    lists = [key for code in _codes() for key in keys.of_months(keys.stories(code), months)]
    ranges = {range_of(story.pk) for story in found}
    return _xml(request, "articles/news_sitemap.xml", context, [*lists, *map(keys.sitemap_stories, ranges)])


_ADDRESS = ("slug", "language", "address_date", "publish_at", "changed_at")


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _visible_stories() -> ArticleQuerySet:
    """Return visible stories of every language. Naming them lets the index on (status, language, time) serve."""
    return Article.objects.visible().filter(language__in=_codes())


def _tags() -> QuerySet[Tag]:
    """Return the tags that have a few stories."""
    return Tag.objects.in_use(settings.LANGUAGES[0][0]).filter(story_count__gte=Tag.MIN_INDEXED_STORIES)


def _keys_of_stories(number: int | None) -> list[str]:
    return [keys.sitemap_stories(number)] if number else [keys.stories(code) for code in _codes()]


def _keys_of_tags(_number: int | None) -> list[str]:
    return [keys.TAG_LIST, keys.TAG_COUNTS, keys.tags(settings.LANGUAGES[0][0])]


@dataclass(frozen=True)
class SitemapKind:
    """Rows whose addresses are listed in parts."""

    rows: Callable[[], QuerySet[Any]]
    fields: tuple[str, ...]  # of an address
    lists: Callable[[int | None], list[str]]  # the keys of the part of this number, and of which parts there are (None)


KINDS = {
    "stories": SitemapKind(_visible_stories, _ADDRESS, _keys_of_stories),
    "authors": SitemapKind(Author.objects.published, ("slug",), lambda _number: [keys.AUTHOR_LIST]),
    "tags": SitemapKind(_tags, ("slug",), _keys_of_tags),
}


def _written(time: datetime.datetime | None) -> str:
    """Return the time in the format of https://www.w3.org/TR/NOTE-datetime, "" for none."""
    return time.isoformat() if time else ""


def _xml(request: HttpRequest, template: str, context: dict[str, object], lists: Iterable[str]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml; charset=utf-8")
    response.headers[keys.SURROGATE_KEY] = keys_of((), lists)
    return response
