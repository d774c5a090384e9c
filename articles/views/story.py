"""A story's own page."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.pages import story_context
from articles.views.errors import gone
from articles.views.former import followed


@require_safe
@followed
def article(request: HttpRequest, date: datetime.date, slug: str) -> HttpResponse:
    at_address = Article.objects.at_address(get_language() or "", date, slug)
    story = at_address.with_page_parts().first()
    if story is None or not (story.is_visible() or story.is_gone):
        raise Http404("no such story")
    if story.is_gone:
        return gone(request)
    return render(request, "articles/article.html", story_context(story))
