"""Everybody who writes here, and everything that is written about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata
from articles.models import Author, Tag
from articles.views.paging import page_of

TAGS_PER_PAGE = 200
AUTHORS_PER_PAGE = 100


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    page = page_of(Author.objects.published().select_related("photo"), request, AUTHORS_PER_PAGE)
    head = metadata.for_page(_("Authors"), _("The people who write here."), request.path, language=get_language() or "")
    return render(request, "articles/authors.html", {"page": page, "metadata": head})


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    page = page_of(Tag.objects.filter(story_count__gt=0).order_by("key"), request, TAGS_PER_PAGE)
    head = metadata.for_page(_("Tags"), _("What our stories are about."), request.path, language=get_language() or "")
    return render(request, "articles/tags.html", {"page": page, "metadata": head})
