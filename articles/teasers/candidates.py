"""Which stories may stand beside a story, and what speaks for them: a bounded number, whatever the size of the archive.

What they have in common was worked out when they were saved (models/relatives.py); only how old they are, how rare
their tags have become and what readers may see is looked at now.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from articles import excerpts
from articles.kinship import Kin
from articles.models import RELATED, Article, ArticleQuerySet, kin
from articles.teasers.reasons import Kinship

LOOKED_AT = 24  # stories with most points: some of them may not be shown, or repeat each other


@dataclass(frozen=True)
class Pin:
    """What an editor pinned: in a zone (RelatedChoice.Place), at a place, by somebody ("": nobody knows)."""

    zone: str
    position: int
    by: str = ""


@dataclass(frozen=True)
class Chosen:
    """An editor's word: pins by story id, and those that are never to stand here."""

    pins: dict[int, Pin] = field(default_factory=dict)
    never: set[int] = field(default_factory=set)


@dataclass
class Search:
    """What is looked at for one story's page at one time, each but once."""

    article: Article
    at: datetime.datetime

    @cached_property
    def chosen(self) -> Chosen:
        return chosen_for(self.article)

    @cached_property
    def stories(self) -> ArticleQuerySet:
        return eligible(self.article, self.chosen, self.at)

    @cached_property
    def found(self) -> dict[int, Kinship]:
        return kinships(self.article, self.at)

    @cached_property
    def best(self) -> list[int]:
        """Ids of those with most points; ties newest first, then by id."""
        return sorted(self.found, key=lambda pk: (-self.found[pk].points, self.found[pk].age, -pk))[:LOOKED_AT]


def chosen_for(article: Article) -> Chosen:
    """As it is stored, or as the form says that is being filled in."""
    stored = list(article.related_choices.select_related("chosen_by")) if article.pk else []
    names = {one.story_id: one.chosen_by.get_full_name() or str(one.chosen_by) for one in stored if one.chosen_by}
    typed = article.preview_related
    if typed is None:
        choices = [(one.place, one.story_id) for one in stored]
    else:
        choices = [(RELATED[name], story.pk) for name, stories in typed.items() for story in stories]
    never = {pk for place, pk in choices if place == RELATED["never_here"]}
    pins = {pk: Pin(place, at, names.get(pk, "")) for at, (place, pk) in enumerate(choices) if pk not in never}
    return Chosen(pins, never)


def eligible(article: Article, chosen: Chosen, at: datetime.datetime) -> ArticleQuerySet:
    """What may stand beside this story at all, pinned or not."""
    stories = Article.objects.visible(at).in_language(article.language).filter(never_teased=False)
    stories = stories.exclude(pk__in={article.pk or 0, *chosen.never})
    if article.translation_group:
        stories = stories.exclude(Q(translation_group__isnull=False, translation_group=article.translation_group))
    return stories


def kinships(article: Article, at: datetime.datetime) -> dict[int, Kinship]:
    """What others have in common with this story, by their ids; in the minute of `at` always the same."""
    minute = at.replace(second=0, microsecond=0)
    tags = {tag.pk: tag for tag in article.tags_in_order}
    total = article.__dict__.get("published_total") or kin.total_published()
    found = {one.pk: Kinship.of(one, tags, total, article.section_id, minute) for one in _kin(article, total)}
    return {pk: kinship for pk, kinship in found.items() if kinship.points}


def _kin(article: Article, total: int) -> list[Kin]:
    """As it was worked out, if its tags are still those; found anew for a text that is not public as it is."""
    tags = article.tags_in_order
    if article.status != Article.Status.PUBLISHED or article.preview_tags is not None:
        texts = (article.standfirst, article.dateline, excerpts.plain_text(article.body))
        return kin.found(kin.unsaved(article.pk, article.language, tags, article.headline, *texts), total)
    stored: Any = getattr(article, "relatives", None)
    relatives = [Kin(*one) for one in stored.kin] if stored else []
    if stored and stored.worked_out_at and set(stored.tags) == {tag.pk for tag in tags}:
        return relatives
    story = kin.Story(article.pk, article.language, tags=tuple(tags))
    return kin.by_tags(story, total, relatives)
