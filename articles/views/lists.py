"""The stories of a section, an author or a tag."""

from __future__ import annotations

import datetime
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import clock, keys, metadata
from articles.menu import sections
from articles.models import Article, ArticleQuerySet, Author, Tag
from articles.sql.prepared import Prepared, param
from articles.views.former import followed
from articles.views.paging import Page, StoryList
from articles.views.rendering import render_page

Noun = TypeVar("Noun")


def _stories() -> ArticleQuerySet:
    return Article.objects.visible(param("at"))


IN_SECTION = StoryList(lambda: _stories().in_language(param("language")).in_section(param("section")).newest_first())
BY_AUTHOR = StoryList(lambda: _stories().by_author(param("author"), param("language")))
TAGGED = StoryList(lambda: _stories().tagged(param("tag"), param("language")))
AUTHOR = Prepared(
    lambda: Author.objects.published(param("at")).filter(slug=param("slug")).select_related("photo"), keeps=100
)
TAG = Prepared(lambda: Tag.objects.filter(slug=param("slug")), keeps=500)


@require_safe
@followed
def section(request: HttpRequest, slug: str, at: datetime.datetime | None = None) -> HttpResponse:
    """As it is at this instant (now); the desk asks for others."""
    section = _found([section for section in sections(request) if section.slug == slug])
    page = IN_SECTION.page(request, at, language=get_language(), section=section.pk)
    return _render(request, "section", section, section.label, section.description, page)


@require_safe
@followed
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """In each language the stories of that language, which may be none."""
    author = _found(AUTHOR.ask(slug=slug, at=clock.now()))
    page = BY_AUTHOR.page(request, language=get_language(), author=author.pk)
    return _render(request, "author", author, author.name, author.biography, page)


@require_safe
@followed
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = _found(TAG.ask(slug=slug))
    page = TAGGED.page(request, language=get_language(), tag=tag.pk)
    if not page.items and not tag.description:
        raise Http404("a tag without stories")
    few = page.is_first and len(page.items) < Tag.FEW
    return _render(request, "tag", tag, tag.name, tag.description, page, index=not few)


def _found(nouns: list[Noun]) -> Noun:
    if not nouns:
        raise Http404
    return nouns[0]


def _render(
    request: HttpRequest, kind: str, about: Any, name: str, text: str, page: Page, index: bool = True
) -> HttpResponse:
    description = text or _("The latest stories: %(subject)s") % {"subject": name}
    head = metadata.for_page(name, description, page.address, language=get_language() or "", index=index)
    context = {kind: about, "page": page, "metadata": head, "feed": f"{kind}_feed"}
    lists = page.list_keys(keys.stories_of(kind, about.pk, get_language() or ""))
    return render_page(request, f"articles/{kind}.html", context, lists)
