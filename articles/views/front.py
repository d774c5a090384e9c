"""The front page: the lead story, second stories, the latest, and a block for each section."""

from __future__ import annotations

import datetime
from collections import defaultdict
from functools import cache
from operator import attrgetter

from django.conf import settings
from django.db import connection
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import clock, keys, metadata
from articles.menu import menu
from articles.models import Article, ArticleQuerySet, Section
from articles.models.page_parts import byline_rows
from articles.query_parameters import query_parameters
from articles.sql.compiled_query import CompiledQuery, param
from articles.views.rendering import render_page

SECOND = 4  # stories below the lead; on a desktop the list .second of site.css has as many columns
LATEST_COUNT = 8  # in the column of the latest
TOP = 1 + SECOND + LATEST_COUNT
BLOCK = 4  # in a section's block


@require_safe
@query_parameters()
def front(request: HttpRequest, at: datetime.datetime | None = None) -> HttpResponse:
    """Show the front page as it is at this instant (now); the desk asks for others.

    One query, three where much was paid for.
    """
    at, language = at or clock.now(), get_language() or ""
    sections = [section for section in menu(request) if section.story_count]
    found = _found(sections, language, at)
    newest = found[:TOP]
    if sum(story.is_paid for story in newest) > LATEST_COUNT:
        newest = _with_more_of_ours(newest, language, at)
        found = _found(sections, language, at, BLOCK + 1 + SECOND)
    lead, second, latest = arranged(newest)
    context = {
        "lead": lead and _with_its_bylines(lead),
        "second": second,
        "latest": latest,
        "sections": menu(request),
        "blocks": blocks_of(sections, found, newest),
        "metadata": metadata.for_page(
            "", _("The latest stories of %(site)s") % {"site": settings.SITE_NAME}, request.path, language=language
        ),
    }
    return render_page(request, "articles/front.html", context, [keys.stories(language)])


def _found(sections: list[Section], language: str, at: datetime.datetime, block: int = BLOCK) -> list[Article]:
    """Return the TOP newest stories and the newest of each section beneath those, newest first."""
    values = {f"section{place}": section.pk for place, section in enumerate(sections)}
    found = _compiled_query(len(sections), block).fetch(at=at, language=language, **values)
    return sorted(found, key=lambda story: (story.publish_at, story.id), reverse=True)


@cache
def _compiled_query(sections: int, block: int) -> CompiledQuery[Article]:
    """Return the query for the newest stories, and for `block` stories of each of this number of sections."""

    def build() -> ArticleQuerySet:
        stories = Article.objects.visible(param("at")).in_language(param("language")).newest_first()
        newest = stories.values("pk")[:TOP]
        beneath = stories.exclude(pk__in=newest)
        blocks = [beneath.in_section(param(f"section{place}")).values("pk")[:block] for place in range(sections)]
        lists = [newest, *blocks]
        if not connection.features.supports_slicing_ordering_in_compound:  # SQLite: then each in a query around it
            lists = [Article.objects.filter(pk__in=one).values("pk") for one in lists]
        first, *others = lists
        found = Article.objects.filter(pk__in=first.union(*others, all=True)).with_teaser_parts()
        ours = stories.unpaid().values("pk")[: 1 + SECOND]
        # The lead alone is signed. The name is not byline_rows: a template that signs another story too must not find
        # it without authors.
        return found.annotate(rows_if_leading=Case(When(pk__in=ours, then=byline_rows())))

    return CompiledQuery(build)


def _with_its_bylines(lead: Article) -> Article:
    """Return the lead with `authors_in_order` ready, which the query brought along for every story that may lead."""
    if hasattr(lead, "rows_if_leading"):  # else it came with its bylines, in place of a paid story
        lead.byline_rows = lead.rows_if_leading  # type: ignore[attr-defined]
    return lead


def _with_more_of_ours(newest: list[Article], language: str, at: datetime.datetime) -> list[Article]:
    """Put older stories in place of paid ones, which cannot lead, for the top of the page."""
    paid = [story.pk for story in newest if story.is_paid]
    others = Article.objects.visible(at).in_language(language).exclude(pk__in=[story.pk for story in newest])
    ours = others.unpaid().newest_first().with_teaser_parts().with_bylines()
    return [
        *newest[:LATEST_COUNT],
        *(story for story in newest[LATEST_COUNT:] if not story.is_paid),
        *ours[: len(paid) - LATEST_COUNT],
    ]


def arranged(newest: list[Article]) -> tuple[Article | None, list[Article], list[Article]]:
    """Return the lead, the second stories, the latest. A story with a picture leads; a paid one never does."""
    ours = [story for story in newest if not story.is_paid]
    lead = next((story for story in ours[: 1 + SECOND] if story.lead_image_id), ours[0] if ours else None)
    second = [story for story in ours if story is not lead][:SECOND]
    above = {lead and lead.id, *(story.id for story in second)}
    return lead, second, [story for story in newest if story.id not in above]


def blocks_of(
    sections: list[Section], found: list[Article], above: list[Article]
) -> list[tuple[Section, list[Article]]]:
    """Return (section, its stories without those above, paid ones last) in the sections' order."""
    there = {story.id for story in above}
    by_section: dict[int | None, list[Article]] = defaultdict(list)
    for story in sorted(found, key=attrgetter("is_paid")):
        if story.id not in there:
            by_section[story.section_id].append(story)
    return [(section, by_section[section.id][:BLOCK]) for section in sections if by_section[section.id]]
