"""The first relatives of a story that do not stand on its page, and why: what an editor asks when one is missing."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Article
from articles.related.candidates import Search
from articles.related.reasons import SharedTraits
from articles.related.repeats import repeated_by
from articles.related.stories import fetch_eligible

MAX_REJECTED = 8


@dataclass(frozen=True)
class RejectedStory:
    story: Article  # without its body
    why: str
    traits: SharedTraits  # what it has in common all the same


def find_rejected(search: Search, at: datetime.datetime, shown: Collection[int]) -> list[RejectedStory]:
    """Return the stories with most points that are neither `shown` nor pinned, most points first. Two queries."""
    stories = Article.objects.in_language(search.article.language).defer("body").in_bulk(search.ranked_ids)
    found = fetch_eligible(list(stories), excluded_ids=search.excluded_ids, language=search.article.language, at=at)
    allowed = {story.pk for story in found}
    there = [story for pk, story in stories.items() if pk in shown]
    repeated = repeated_by([story for pk, story in stories.items() if pk in allowed and pk not in shown], there)
    others = [pk for pk in search.ranked_ids if pk in stories and pk not in shown and pk not in search.choices.pins]
    return [
        RejectedStory(stories[pk], _why(stories[pk], search, allowed, repeated), search.traits_of(pk))
        for pk in others[:MAX_REJECTED]
    ]


def _why(story: Article, search: Search, allowed: Collection[int], repeated: Mapping[int, Article]) -> str:
    if story.pk in search.choices.never:
        return _("never beside this story: an editor’s choice")
    if story.never_teased:
        return _("never as a related story: an editor’s choice")
    if story.pk not in allowed:
        return _("readers cannot see it now")
    if story.is_paid:
        return _("sponsored: it can only be pinned")
    if newer := repeated.get(story.pk):
        return _("nearly the same headline as “%(story)s”") % {"story": newer}
    return _("others have more points")
