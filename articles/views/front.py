"""The front page: the lead story, second stories, the latest, and a block for each section."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata
from articles.models import Article, ArticleQuerySet, Section
from articles.surrogates import shown

SECOND = 4  # stories beside the lead
LATEST = 8  # in the column of the latest
BLOCK = 4  # in a section's block


@require_safe
def front(request: HttpRequest, at: datetime.datetime | None = None) -> HttpResponse:
    """As it is at this instant (now); the desk asks for others."""
    at = at or timezone.now()
    language = get_language() or ""
    stories = Article.objects.visible(at).in_language(language)
    newest = _newest(stories)
    lead, second, latest = arranged(newest)
    sections = list(Section.objects.in_menu())
    context = {
        "lead": lead,
        "second": second,
        "latest": latest,
        "blocks": _blocks(sections, stories.exclude(pk__in=[story.pk for story in newest])),
        "sections": sections,
        "metadata": metadata.for_page(
            "", _("The latest stories of %(site)s") % {"site": settings.SITE_NAME}, request.path, language=language
        ),
    }
    return shown(request, "articles/front.html", context)


def _newest(stories: ArticleQuerySet) -> list[Article]:
    """Enough for the top of the page; older ones too where what was paid for fills it, which can neither lead."""
    ordered = stories.newest_first().with_teaser_parts().with_bylines()
    newest = list(ordered[: 1 + SECOND + LATEST])
    paid = [story.pk for story in newest if is_paid(story)]
    if len(paid) <= LATEST or len(newest) < 1 + SECOND + LATEST:
        return newest
    ours = ordered.exclude(label=Article.Label.SPONSORED).exclude(pk__in=[story.pk for story in newest])
    return [*newest[:LATEST], *(story for story in newest[LATEST:] if not is_paid(story)), *ours[: len(paid) - LATEST]]


def arranged(newest: list[Article]) -> tuple[Article | None, list[Article], list[Article]]:
    """The lead, the second stories, the latest. A story with a picture leads; one that was paid for never does."""
    ours = [story for story in newest if not is_paid(story)]
    lead = next((story for story in ours[: 1 + SECOND] if story.lead_image_id), ours[0] if ours else None)
    second = [story for story in ours if story is not lead][:SECOND]
    return lead, second, [story for story in newest if story is not lead and story not in second]


def is_paid(story: Article) -> bool:
    return story.label == Article.Label.SPONSORED


def _blocks(sections: list[Section], stories: ArticleQuerySet) -> list[tuple[Section, list[Article]]]:
    """(section, its newest of these stories, the paid ones last) in the sections' order; one query for all sections."""
    sections = [section for section in sections if section.story_count]
    parts = [
        Article.objects.with_teaser_parts().filter(
            pk__in=stories.in_section(section).newest_first().values("pk")[:BLOCK]
        )
        for section in sections
    ]
    found = list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]) if parts else []
    by_section: dict[int | None, list[Article]] = defaultdict(list)
    for story in sorted(found, key=lambda story: (not is_paid(story), story.publish_at, story.pk), reverse=True):
        by_section[story.section_id].append(story)
    return [(section, by_section[section.pk]) for section in sections if by_section[section.pk]]
