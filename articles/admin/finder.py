"""Finds whatever a person may open on the desk by what they type: pages and verbs, stories, tags, authors, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.admin.fields.chooser_words import ids_in_words
from articles.admin.fields.story_choosers import story_label
from articles.admin.fields.suggestions import (
    RANK_OF_TEXT,
    SuggestionRow,
    find_stories_with,
    suggest_authors,
    suggest_tags,
)
from articles.admin.new_labels import NEW_LABELS, new_label
from articles.models import Article, Image, Section
from articles.slugs import tag_key
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

MAX_TYPED_LENGTH = 100  # letters
MAX_ROWS_OF_A_KIND = 5  # of each kind
# Further pages of the desk: label, name of the URL, permission ("" is everybody's).
PAGES = (
    (gettext_noop("The site at another time …"), "admin:articles_article_as_at", "articles.view_any_article"),
    (gettext_noop("Housekeeping"), "admin:articles_tag_housekeeping", "articles.change_tag"),
    (gettext_noop("Changes to tags"), "admin:articles_tag_changes", "articles.change_tag"),
    (gettext_noop("Webhooks"), "admin:newsroom_webhook_changelist", "newsroom.view_webhook"),
    (gettext_noop("Audit log"), "admin:newsroom_auditentry_changelist", "newsroom.view_auditentry"),
    (gettext_noop("The desk"), "admin:index", ""),
    (gettext_noop("Notices"), "notices", ""),
    (gettext_noop("Password"), "account_change_password", ""),
    (gettext_noop("Your account"), "account_profile", ""),
    (gettext_noop("Your author page"), "account_author_page", ""),
)


@dataclass(frozen=True)
class FoundRow:
    label: str
    url: str


@dataclass(frozen=True)
class FoundGroup:
    title: str
    rows: list[FoundRow]


def find(request: HttpRequest) -> HttpResponse:
    """Answer the page with what was found, or its list alone for the dialog, which asks while somebody types."""
    term = " ".join(request.GET.get("q", "")[:MAX_TYPED_LENGTH].replace("\0", " ").split())
    context = {"term": term, "groups": find_groups(request, term)}
    if "list" in request.GET:
        return render(request, "admin/_found.html", context)
    return render(request, "admin/find.html", {**admin.site.each_context(request), "title": _("Find"), **context})


def find_groups(request: HttpRequest, term: str) -> list[FoundGroup]:
    """Return what is called like this and open to the person; with nothing typed, their last stories and all pages.

    What has the words in its name comes before the stories that have them in their text alone.
    """
    user = signed_in(request)
    kinds: list[tuple[str, str, Callable[[], Iterable[FoundRow]]]] = [
        (_("Desk"), "", lambda: _find_pages(request, term)),
        (_("Tags"), "articles.view_tag", lambda: _find_tags(term, user)),
        (_("Authors"), "articles.view_author", lambda: _find_authors(term, user)),
        (_("Sections"), "articles.view_section", lambda: _find_sections(term)),
    ]
    found = [(title, list(rows())) for title, permission, rows in kinds if not permission or user.has_perm(permission)]
    named = sorted((FoundGroup(*group) for group in found), key=lambda group: not _begins(group, term))
    by_headline: list[FoundRow] = []
    by_text: list[FoundRow] = []
    pictures: list[FoundRow] = []
    if user.has_perm("articles.view_article"):
        by_headline, by_text = _find_stories(term, user) if term else (_latest_stories(user), [])
    if user.has_perm("articles.view_image"):
        pictures = _find_pictures(request, term)
    groups = [
        FoundGroup(_("Stories"), by_headline),
        *named,
        FoundGroup(_("Stories with these words in the text"), by_text),
        FoundGroup(_("Pictures"), pictures),
    ]
    return [group for group in groups if group.rows]


def _begins(group: FoundGroup, term: str) -> bool:
    """Return whether the first row's name begins with what was typed."""
    return bool(group.rows) and tag_key(group.rows[0].label).startswith(tag_key(term))


def _latest_stories(user: User) -> list[FoundRow]:
    latest = Article.objects.owned_by(user).order_by("-saved_at", "-pk").only("headline")[:MAX_ROWS_OF_A_KIND]
    return [FoundRow(str(story), _form_url("article", story.pk)) for story in latest]


def _find_stories(term: str, user: User) -> tuple[list[FoundRow], list[FoundRow]]:
    """Return the stories found by their headline, and those found by their text.

    Those that the person may open lead to their form, a colleague's public one to its page.
    """
    found = find_stories_with(term, user, MAX_ROWS_OF_A_KIND)
    ids = [one.story.pk for one in found]
    opened = set(Article.objects.seen_by(user).filter(pk__in=ids).values_list("pk", flat=True))
    by_headline: list[FoundRow] = []
    by_text: list[FoundRow] = []
    for one in found:
        story = one.story
        url = _form_url("article", story.pk) if story.pk in opened else story.get_absolute_url()
        if url:
            (by_headline if one.rank < RANK_OF_TEXT else by_text).append(FoundRow(story_label(story), url))
    return by_headline, by_text


def _find_pages(request: HttpRequest, term: str) -> list[FoundRow]:
    """Return the lists that this person may open, the forms of what they may add, and the other pages."""
    models = [model for app in admin.site.get_app_list(request) for model in app["models"]]
    rows = [FoundRow(new_label(_noun(model)), model["add_url"]) for model in models if _is_addable(model)]
    rows += [FoundRow(str(model["name"]), model["admin_url"]) for model in models if model["admin_url"]]
    may = request.user.has_perm
    rows += [FoundRow(_(label), reverse(name)) for label, name, needed in PAGES if not needed or may(needed)]
    words = tag_key(term).split()
    each_once = {row.url: row for row in rows}.values()  # some pages are lists, too
    return [row for row in each_once if _is_called(row.label, words)]


def _find_sections(term: str) -> list[FoundRow]:
    words = tag_key(term).split()
    named = [section for section in Section.objects.all() if words and _is_called(section.label, words)]
    named.sort(key=lambda section: not tag_key(section.label).startswith(tag_key(term)))
    return [FoundRow(section.label, _form_url("section", section.pk)) for section in named[:MAX_ROWS_OF_A_KIND]]


def _find_pictures(request: HttpRequest, term: str) -> list[FoundRow]:
    """Return what the search of the picture library finds, the newest first."""
    if not term:
        return []
    library = admin.site.get_model_admin(Image)
    found, _duplicates = library.get_search_results(request, library.get_queryset(request), term)
    return [FoundRow(str(image), _form_url("image", image.pk)) for image in found.order_by("-pk")[:MAX_ROWS_OF_A_KIND]]


def _find_tags(term: str, user: User) -> list[FoundRow]:
    found = suggest_tags(term, user, may_add=False)
    return _rows("tag", found) + _stories_of("tag", found, _("Stories with the tag “%(name)s”"), user)


def _find_authors(term: str, user: User) -> list[FoundRow]:
    found = suggest_authors(term) if term else []
    return _rows("author", found) + _stories_of("author", found, _("Stories by %(name)s"), user)


def _stories_of(parameter: str, found: list[SuggestionRow], label: str, user: User) -> list[FoundRow]:
    """Return the way to all stories of the best match."""
    if not user.has_perm("articles.view_article"):
        return []
    stories = reverse("admin:articles_article_changelist")
    return [
        FoundRow(label % {"name": row.label}, f"{stories}?{parameter}={pk}")
        for row in found[:1]
        for pk in ids_in_words([row.word])
    ]


def _rows(noun: str, suggestions: list[SuggestionRow]) -> list[FoundRow]:
    return [
        FoundRow(row.label, _form_url(noun, pk))
        for row in suggestions[:MAX_ROWS_OF_A_KIND]
        for pk in ids_in_words([row.word])
    ]


def _form_url(noun: str, pk: int) -> str:
    return reverse(f"admin:articles_{noun}_change", args=[pk])


def _noun(model: dict[str, Any]) -> str:
    return str(model["object_name"]).lower()


def _is_addable(model: dict[str, Any]) -> bool:
    return bool(model["add_url"]) and _noun(model) in NEW_LABELS


def _is_called(label: str, words: Iterable[str]) -> bool:
    """Return whether each typed word begins a word of this name."""
    names = tag_key(label).split()
    return all(any(name.startswith(word) for name in names) for word in words)
