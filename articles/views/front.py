"""The front page: the lead story, second stories, the latest, and a block for each section."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata
from articles.models import Article, Section

SECOND = 4  # stories beside the lead
LATEST = 8  # in the column of the latest
BLOCK = 4  # in a section's block


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    language = get_language() or ""
    newest = list(_newest(language)[: 1 + SECOND + LATEST])
    lead = next((story for story in newest if story.lead_image_id), newest[0] if newest else None)
    rest = [story for story in newest if story is not lead]
    context = {
        "lead": lead,
        "second": rest[:SECOND],
        "latest": rest[SECOND:],
        "blocks": _blocks(language, shown={story.pk for story in newest}),
        "metadata": metadata.for_page(
            "", _("The latest stories of %(site)s") % {"site": settings.SITE_NAME}, request.path, language=language
        ),
    }
    return render(request, "articles/front.html", context)


def _newest(language: str) -> Any:
    return Article.objects.visible().in_language(language).newest_first().with_teaser_parts().with_bylines()


def _blocks(language: str, shown: set[int]) -> list[tuple[Section, list[Article]]]:
    """(section, its newest stories that are not higher up) in the menu's order, in one query for all sections."""
    sections = [section for section in Section.objects.in_menu() if section.story_count]
    newest = Article.objects.visible().in_language(language).exclude(pk__in=shown).newest_first()
    parts = [
        Article.objects.with_teaser_parts().filter(pk__in=newest.in_section(section).values("pk")[:BLOCK])
        for section in sections
    ]
    found = list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]) if parts else []
    by_section: dict[int | None, list[Article]] = defaultdict(list)
    for story in sorted(found, key=lambda story: (story.publish_at, story.pk), reverse=True):
        by_section[story.section_id].append(story)
    return [(section, by_section[section.pk]) for section in sections if by_section[section.pk]]
