"""What crawlers are told: robots.txt, the sitemap's index and parts, the news of the last two days.

Formats: https://www.sitemaps.org/protocol.html (at most 50,000 addresses a file) and Google's news sitemap (at most
1,000 stories of two days). Stories are in a part a month, so that old parts never change.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from articles.metadata import absolute
from articles.models import Article, ArticleQuerySet, Author, Section, Tag

LIMIT = 50_000  # addresses a file
NEWS_LIMIT = 1_000  # stories
NEWS_AGE = datetime.timedelta(days=2)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemaps = [absolute(reverse(name)) for name in ("sitemap", "news_sitemap")]
    return render(request, "articles/robots.txt", {"sitemaps": sitemaps}, content_type="text/plain; charset=utf-8")


@require_safe
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    parts = [reverse("sitemap_pages")]
    parts += [reverse("sitemap_month", args=[month]) for month in _stories().months()]
    return _xml(request, "articles/sitemap_index.xml", {"addresses": map(absolute, parts)})


@require_safe
@conditional_page
def month(request: HttpRequest, month: datetime.date) -> HttpResponse:
    """The stories of a month, oldest first, in all languages."""
    stories = _stories().in_month(month.year, month.month).order_by("publish_at", "pk")
    found = stories.only(*_ADDRESS)[:LIMIT]
    # Times are written here, in UTC: the template's filter would be a third of the price of a large month.
    entries = [(absolute(story.get_absolute_url()), _written(story.last_changed)) for story in found]
    if not entries:
        raise Http404
    return _xml(request, "articles/sitemap.xml", {"entries": entries})


@require_safe
@conditional_page
def pages(request: HttpRequest) -> HttpResponse:
    """The front page, sections, authors and the tags that have a few stories."""
    sections = Section.objects.filter(Exists(_stories().filter(section=OuterRef("pk"))))
    paths = [reverse("front")]
    paths += [section.get_absolute_url() for section in sections]
    paths += [author.get_absolute_url() for author in Author.objects.published()]
    tags = Tag.objects.in_use(settings.LANGUAGES[0][0]).filter(story_count__gte=Tag.FEW).order_by("pk").only("slug")
    paths += [tag.get_absolute_url() for tag in tags[: LIMIT - len(paths)]]
    return _xml(request, "articles/sitemap.xml", {"entries": [(absolute(path), "") for path in paths]})


@require_safe
@conditional_page
def news(request: HttpRequest) -> HttpResponse:
    stories = _stories().filter(publish_at__gte=timezone.now() - NEWS_AGE).exclude(label=Article.Label.SPONSORED)
    entries = [
        {"address": absolute(story.get_absolute_url()), "story": story}
        for story in stories.newest_first().only("headline", *_ADDRESS)[:NEWS_LIMIT]
    ]
    return _xml(request, "articles/news_sitemap.xml", {"entries": entries, "publication": settings.SITE_NAME})


_ADDRESS = ("slug", "language", "address_date", "publish_at", "changed_at")


def _stories() -> ArticleQuerySet:
    """Visible stories of every language; naming the languages lets the index on (status, language, time) serve."""
    return Article.objects.visible().filter(language__in=[code for code, _name in settings.LANGUAGES])


def _written(time: datetime.datetime | None) -> str:
    """In the format of https://www.w3.org/TR/NOTE-datetime, "" for none."""
    return time.isoformat() if time else ""


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
