"""Everybody who writes here, and everything that is written about, by slug: names without their accents."""

from __future__ import annotations

import string

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import keys, metadata
from articles.models import Author, Tag
from articles.query_parameters import query_parameters
from articles.views.paging import page_from
from articles.views.rendering import render_page

TAGS_PER_PAGE = 200
AUTHORS_PER_PAGE = 60


@require_safe
@query_parameters("from")
def author_directory(request: HttpRequest) -> HttpResponse:
    page = page_from(Author.objects.published().select_related("photo"), request, AUTHORS_PER_PAGE)
    head = metadata.for_page(_("Authors"), _("The people who write here."), page.address, language=get_language() or "")
    return render_page(request, "articles/authors.html", {"page": page, "metadata": head}, [keys.AUTHOR_LIST])


@require_safe
@query_parameters("from")
def tag_directory(request: HttpRequest) -> HttpResponse:
    """Show the tags of this language's stories."""
    language = get_language() or ""
    page = page_from(Tag.objects.in_use(language).only("name", "slug"), request, TAGS_PER_PAGE)
    head = metadata.for_page(_("Tags"), _("What our stories are about."), page.address, language=language)
    context = {"page": page, "letters": string.ascii_lowercase, "start": request.GET.get("from"), "metadata": head}
    return render_page(request, "articles/tags.html", context, [keys.TAG_LIST, keys.tags(language)])
