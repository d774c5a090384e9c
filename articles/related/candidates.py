"""Which stories may stand beside a story, and what speaks for them: a bounded number, whatever the size of the archive.

What they have in common, and what that counts, was worked out when they were saved (models/related_list.py); only how
old they are and what readers may see is looked at now.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from articles import excerpts
from articles.models import Article, Section, Tag
from articles.models.content import RELATED_PLACES
from articles.models.related_list import Match
from articles.related import matching, profiles
from articles.related.reasons import SharedTraits
from articles.related.scoring import points

# Stories with most points; when too many of them may not be shown, or repeat each other, all are looked up.
MAX_FIRST_CANDIDATES = 24


@dataclass(frozen=True)
class Pin:
    """What an editor pinned: in a zone (RelatedChoice.Place), at a place, by somebody ("": nobody knows)."""

    zone: str
    position: int
    by: str = ""


@dataclass(frozen=True)
class EditorChoices:
    """What an editor chose: pins by story id, and the ids of stories that are never to stand here."""

    pins: dict[int, Pin] = field(default_factory=dict)
    never: set[int] = field(default_factory=set)


@dataclass
class Search:
    """The candidates for one story's page, each looked up when it is needed."""

    article: Article
    minute: datetime.datetime
    published: int = 0  # stories on the site, when that is known
    known: dict[int, SharedTraits] = field(default_factory=dict)

    @cached_property
    def choices(self) -> EditorChoices:
        return read_editor_choices(self.article)

    @cached_property
    def excluded_ids(self) -> list[int]:
        """Return the ids of stories that may not stand there: itself, and those that an editor left out."""
        return [self.article.pk or 0, *sorted(self.choices.never)]

    @cached_property
    def total(self) -> int:
        """Return how many stories the site has published."""
        return self.published or Section.objects.total_published()

    @cached_property
    def tags(self) -> dict[int, Tag]:
        return {tag.pk: tag for tag in self.article.tags_in_order}

    @cached_property
    def matches(self) -> dict[int, Match]:
        return {one.pk: one for one in _matches(self.article, self.total)}

    @property
    def is_by_tags(self) -> bool:
        """Return whether its relatives are looked for now, by its tags."""
        return _has_other_tags(self.article)

    def traits_of(self, pk: int) -> SharedTraits:
        """Return what another of its `matches` has in common with this story."""
        if pk not in self.known:
            self.known[pk] = SharedTraits.from_match(self.matches[pk], self.tags, self.article.section_id, self.minute)
        return self.known[pk]

    @cached_property
    def ranked_ids(self) -> list[int]:
        """Return the ids of matches with points, most first; ties newest first, then by id."""
        now, section = self.minute.timestamp(), self.article.section_id
        ranked = []
        for one in self.matches.values():
            if has := points(one.weight, now - one.published, same_section=one.section == section):
                ranked.append((-has, -one.published, -one.pk))
        return [-pk for _points, _published, pk in sorted(ranked)]

    def candidate_ids(self, *, everything: bool) -> list[int]:
        """Return the ids of stories that are looked up: the first ranked ones or all, and the pinned ones."""
        ranked = self.ranked_ids if everything else self.ranked_ids[:MAX_FIRST_CANDIDATES]
        return [*ranked, *self.choices.pins]


def search_for(article: Article, at: datetime.datetime, total: int = 0) -> Search:
    """Return the search of this minute: in a minute the order of the related stories stays the same."""
    return Search(article, at.replace(second=0, microsecond=0), total)


def read_editor_choices(article: Article) -> EditorChoices:
    """Return an editor's choices as they are stored, or as the form has them that is being filled in."""
    stored = article.choices_in_order
    names = {pk: by for _place, pk, by in stored}
    typed = article.preview_related
    if typed is None:
        choices = [(place, pk) for place, pk, _by in stored]
    else:
        choices = [(RELATED_PLACES[name], story.pk) for name, stories in typed.items() for story in stories]
    never = {pk for place, pk in choices if place == RELATED_PLACES["never_here"]}
    pins = {pk: Pin(place, at, names.get(pk, "")) for at, (place, pk) in enumerate(choices) if pk not in never}
    return EditorChoices(pins, never)


def _has_other_tags(article: Article) -> bool:
    """Return whether its list was worked out for tags that it no longer has: they were merged since."""
    stored: Any = getattr(article, "related_list", None)
    is_there = bool(stored and stored.worked_out_at)
    return is_there and set(stored.tags) != {tag.pk for tag in article.tags_in_order}


def _matches(article: Article, total: int) -> list[Match]:
    """Return the stored list; a new one for a text that is not public, or after a change of the vocabulary.

    A public story that was never worked out, as in an archive that was just loaded, has what others found at most.
    """
    tags = article.tags_in_order
    if article.status != Article.Status.PUBLISHED or article.preview_tags is not None:
        texts = (article.standfirst, article.dateline, excerpts.plain_text(article.body))
        return matching.find_matches(
            profiles.unsaved_profile(article.pk, article.language, tags, article.headline, *texts), total
        )
    stored: Any = getattr(article, "related_list", None)
    relatives = [Match(*one) for one in stored.matches] if stored else []
    if not _has_other_tags(article):
        return relatives
    published = int(article.publish_at.timestamp()) if article.publish_at else 0
    story = profiles.StoryProfile(article.pk, article.language, tags=tuple(tags), published=published)
    return matching.match_by_tags(story, total, relatives)
