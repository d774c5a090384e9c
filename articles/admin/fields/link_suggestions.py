"""Answers what somebody types to find what a text may link to: our stories, tags, authors, sections and pages.

The script of the writing area asks after “@” and in the dialog of a link. Stories are those that the person may read,
everything else is what readers may open. A story has the address that stands for it in stored text; the others follow
when their address changes, because the old one is redirected.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from articles import richtext
from articles.admin.fields.chooser_words import digits_in, ids_in_words
from articles.admin.fields.suggestions import FoundStory, find_stories_with, suggest_authors, suggest_tags
from articles.models import Article, Author, Section, Tag
from articles.slugs import tag_key
from articles.states import format_moment_briefly, state_of

if TYPE_CHECKING:
    from articles.users import User

MAX_SUGGESTED_STORIES = 6
STORIES_COMPARED = 20  # the best, of which those that readers can follow come first
MOST_OTHERS = 3  # of each kind


@dataclass(frozen=True)
class LinkRow:
    """Something to link to: its address, the words that a link to it has by itself, and what it is."""

    address: str
    label: str
    kind: str
    note: str = ""  # a story's state, or when readers first saw it


def links_response(rows: list[LinkRow]) -> JsonResponse:
    return JsonResponse({"results": [asdict(row) for row in rows]})


def find_link_targets(term: str, user: User, language: str) -> list[LinkRow]:
    """Return what matches, best first in each kind: stories, tags, authors, then sections and pages.

    `language` is that of the story which is written; an unknown one is the site's first.
    """
    if not term:
        return []
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGES[0][0]
    return [*_stories(term, user), *_tags(term, user, known), *_authors(term, known), *_pages(term, known)]


def _stories(term: str, user: User) -> list[LinkRow]:
    number = digits_in(term.removeprefix("/story/").removesuffix("/")) if term.startswith("/story/") else []
    linked = Article.objects.readable_by(user).filter(pk__in=number).defer("body")
    found = list(map(FoundStory, linked)) if number else find_stories_with(term, user, STORIES_COMPARED)
    # The best match comes first, and among equal ones what readers can follow.
    found.sort(key=lambda one: (one.rank, not one.story.is_visible()))
    return [
        LinkRow(richtext.story_link(one.story.pk), str(one.story), gettext("Story"), _note(one.story))
        for one in found[:MAX_SUGGESTED_STORIES]
    ]


def _note(story: Article) -> str:
    if story.is_visible() and story.publish_at:
        return format_moment_briefly(story.publish_at)
    return gettext("%(state)s, not shown to readers") % {"state": state_of(story).word}


def _tags(term: str, user: User, language: str) -> list[LinkRow]:
    ids = ids_in_words([row.word for row in suggest_tags(term, user, may_add=False)])
    public = Tag.objects.public().in_bulk(ids)
    return [_row(public[pk], str(public[pk]), gettext("Tag"), language) for pk in ids if pk in public][:MOST_OTHERS]


def _authors(term: str, language: str) -> list[LinkRow]:
    ids = ids_in_words([row.word for row in suggest_authors(term)])
    people = Author.objects.published().in_bulk(ids)
    return [_row(people[pk], people[pk].name, gettext("Author"), language) for pk in ids if pk in people][:MOST_OTHERS]


def _row(thing: Any, label: str, kind: str, language: str) -> LinkRow:
    with translation.override(language):
        return LinkRow(thing.get_absolute_url(), label, kind)


def _pages(term: str, language: str) -> list[LinkRow]:
    """Return sections and pages with lists whose name begins with what was typed, or one of its words does."""
    kinds = gettext("Section"), gettext("Page")
    with translation.override(language):
        rows = [LinkRow(section.get_absolute_url(), section.label, kinds[0]) for section in Section.objects.all()]
        rows += [LinkRow(reverse(name), label, kinds[1]) for name, label in _names_of_pages()]
    key = tag_key(term)
    return [row for row in rows if key and f" {key}" in f" {tag_key(row.label)}"][:MOST_OTHERS]


def _names_of_pages() -> list[tuple[str, str]]:
    """Return (name of the address, what a link there says), in the active language."""
    return [
        ("front", gettext("Front page")),
        ("authors", gettext("Authors")),
        ("tags", gettext("Tags")),
        ("archive", gettext("Archive")),
        ("search", gettext("Search")),
    ]
