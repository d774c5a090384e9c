"""The stories of a section, an author or a tag."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import keys, metadata, surrogates
from articles.menu import sections
from articles.models import Article, ArticleQuerySet, Author, Tag
from articles.query_parameters import query_parameters
from articles.sql.compiled_query import param
from articles.views.former import with_redirects
from articles.views.paging import ListPage, StoryList
from articles.views.rendering import render_page


def _stories_at() -> ArticleQuerySet:
    return Article.objects.visible(param("at"))


IN_SECTION = StoryList(lambda: _stories_at().in_language(param("language")).in_section(param("section")).newest_first())
BY_AUTHOR = StoryList(lambda: _stories_at().by_author(param("author"), param("language")))
TAGGED = StoryList(lambda: _stories_at().tagged(param("tag"), param("language")))


@require_safe
@with_redirects
@query_parameters("before")
def section(request: HttpRequest, slug: str, at: datetime.datetime | None = None) -> HttpResponse:
    """Show a section as it is at this instant (now); the desk asks for others."""
    section = next((section for section in sections(request) if section.slug == slug), None)
    if section is None:
        raise Http404("no such section")
    page = IN_SECTION.page(request, at, language=get_language(), section=section.pk)
    return _render(request, "section", section, section.label, section.description, page)


@require_safe
@with_redirects
@query_parameters("before")
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show in each language the author's stories of that language, which may be none."""
    author = get_object_or_404(Author.objects.select_related("photo"), slug=slug)
    page = BY_AUTHOR.page(request, language=get_language(), author=author.pk)
    proof: list[str] = []
    if not page.items:
        story = Article.objects.visible().find_one_by(author)
        if story is None:
            raise Http404("an author without stories")
        proof = surrogates.keys_of_proof(story)
    return _render(request, "author", author, author.name, author.biography, page, proof=proof)


@require_safe
@with_redirects
@query_parameters("before")
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    page = TAGGED.page(request, language=get_language(), tag=tag.pk)
    if not page.items and not tag.description:
        raise Http404("a tag without stories")
    few = page.is_first and len(page.items) < Tag.MIN_INDEXED_STORIES
    return _render(request, "tag", tag, tag.name, tag.description, page, index=not few)


def _render(
    request: HttpRequest,
    kind: str,
    about: Any,
    name: str,
    text: str,
    page: ListPage,
    index: bool = True,
    proof: Iterable[str] = (),
) -> HttpResponse:
    description = text or _("The latest stories: %(subject)s") % {"subject": name}
    head = metadata.for_page(name, description, page.address, language=get_language() or "", index=index)
    context = {kind: about, "page": page, "metadata": head, "feed": f"{kind}_feed"}
    lists = page.list_keys(keys.stories_of(kind, about.pk, get_language() or ""))
    return render_page(request, f"articles/{kind}.html", context, [*lists, *proof])
