"""The stories of a section, an author or a tag."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata
from articles.models import Article, Author, Section, Tag
from articles.surrogates import shown
from articles.views.former import followed
from articles.views.paging import Page, page_of


@require_safe
@followed
def section(request: HttpRequest, slug: str, at: datetime.datetime | None = None) -> HttpResponse:
    """As it is at this instant (now); the desk asks for others."""
    section = get_object_or_404(Section, slug=slug)
    stories = Article.objects.visible(at).in_language(get_language() or "").in_section(section).newest_first()
    page = page_of(stories, request)
    return _render(request, "section", section, section.label, section.description, page)


@require_safe
@followed
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """In each language the stories of that language, which may be none."""
    author = get_object_or_404(Author.objects.published().select_related("photo"), slug=slug)
    page = page_of(Article.objects.visible().by_author(author, get_language() or ""), request)
    return _render(request, "author", author, author.name, author.biography, page)


@require_safe
@followed
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    page = page_of(Article.objects.visible().tagged(tag, get_language() or ""), request)
    if not page.items and not tag.description:
        raise Http404("a tag without stories")
    few = page.is_first and len(page.items) < Tag.FEW
    return _render(request, "tag", tag, tag.name, tag.description, page, index=not few)


def _render(
    request: HttpRequest, kind: str, about: Any, name: str, text: str, page: Page, index: bool = True
) -> HttpResponse:
    description = text or _("The latest stories: %(subject)s") % {"subject": name}
    head = metadata.for_page(name, description, page.address, language=get_language() or "", index=index)
    context = {kind: about, "page": page, "metadata": head, "feed": f"{kind}_feed"}
    return shown(request, f"articles/{kind}.html", context)
