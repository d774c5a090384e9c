"""The front page: the lead story, second stories, the latest, and a block for each section."""

from __future__ import annotations

import datetime
from collections import defaultdict
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata
from articles.menu import menu
from articles.models import SIGNED_KEPT, TEASERS_KEPT, Article, ArticleQuerySet, Prepared, Section, param, params
from articles.surrogates import shown

SECOND = 4  # stories beside the lead
LATEST = 8  # in the column of the latest
TOP = 1 + SECOND + LATEST
BLOCK = 4  # in a section's block


def _ordered() -> ArticleQuerySet:
    stories = Article.objects.visible(param("at")).in_language(param("language"))
    return stories.newest_first().with_teaser_parts().with_bylines()


NEWEST = Prepared(lambda: _ordered()[:TOP], keeps=SIGNED_KEPT)


@require_safe
def front(request: HttpRequest, at: datetime.datetime | None = None) -> HttpResponse:
    """As it is at this instant (now); the desk asks for others."""
    at, language = at or timezone.now(), get_language() or ""
    newest = _newest(language, at)
    lead, second, latest = arranged(newest)
    context = {
        "lead": lead,
        "second": second,
        "latest": latest,
        "blocks": _blocks(menu(request), newest, language, at),
        "sections": menu(request),
        "metadata": metadata.for_page(
            "", _("The latest stories of %(site)s") % {"site": settings.SITE_NAME}, request.path, language=language
        ),
    }
    return shown(request, "articles/front.html", context)


def _newest(language: str, at: datetime.datetime) -> list[Article]:
    """Enough for the top of the page; older ones too where what was paid for fills it, which can neither lead."""
    newest = NEWEST.ask(language=language, at=at)
    paid = [story.pk for story in newest if is_paid(story)]
    if len(paid) <= LATEST or len(newest) < TOP:
        return newest
    others = Article.objects.visible(at).in_language(language).exclude(pk__in=[story.pk for story in newest])
    ours = others.exclude(label=Article.Label.SPONSORED).newest_first().with_teaser_parts().with_bylines()
    return [*newest[:LATEST], *(story for story in newest[LATEST:] if not is_paid(story)), *ours[: len(paid) - LATEST]]


def arranged(newest: list[Article]) -> tuple[Article | None, list[Article], list[Article]]:
    """The lead, the second stories, the latest. A story with a picture leads; one that was paid for never does."""
    ours = [story for story in newest if not is_paid(story)]
    lead = next((story for story in ours[: 1 + SECOND] if story.lead_image_id), ours[0] if ours else None)
    second = [story for story in ours if story is not lead][:SECOND]
    return lead, second, [story for story in newest if story is not lead and story not in second]


def is_paid(story: Article) -> bool:
    return story.label == Article.Label.SPONSORED


def _blocks(
    sections: list[Section], newest: list[Article], language: str, at: datetime.datetime
) -> list[tuple[Section, list[Article]]]:
    """(section, its newest beneath these stories, the paid ones last) in the sections' order; one query for all."""
    sections = [section for section in sections if section.story_count]
    if not sections:
        return []
    values = {f"section{place}": section.pk for place, section in enumerate(sections)}
    above = [story.pk for story in newest]
    by_section: dict[int | None, list[Article]] = defaultdict(list)
    found = _blocks_of(len(sections)).ask(language=language, at=at, above=above, **values)
    for story in sorted(found, key=lambda story: (not is_paid(story), story.publish_at, story.pk), reverse=True):
        by_section[story.section_id].append(story)
    return [(section, by_section[section.pk]) for section in sections if by_section[section.pk]]


@cache
def _blocks_of(sections: int) -> Prepared[Article]:
    """The question for the blocks of so many sections."""

    def build() -> ArticleQuerySet:
        others = Article.objects.visible(param("at")).in_language(param("language")).exclude(pk__in=params("above"))
        lists = [others.in_section(param(f"section{place}")).newest_first() for place in range(sections)]
        parts = [Article.objects.with_teaser_parts().filter(pk__in=one.values("pk")[:BLOCK]) for one in lists]
        return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]

    return Prepared(build, keeps=TEASERS_KEPT)
