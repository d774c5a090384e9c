"""A story's own page."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles import clock
from articles.menu import published_total
from articles.models import Article
from articles.pages import story_context
from articles.query_parameters import query_parameters
from articles.sql.compiled_query import CompiledQuery, param
from articles.surrogates import keys_of_story_page
from articles.views.errors import gone
from articles.views.former import with_redirects
from articles.views.rendering import render_page

STORY_QUERY = CompiledQuery(
    lambda: (
        Article.objects.visible(param("at"))
        .at_address(param("language"), param("date"), param("slug"))
        .with_page_parts()
        .with_body_pictures()
        .with_translations(param("at"))
    )
)


@require_safe
@with_redirects
@query_parameters()
def article(request: HttpRequest, date: datetime.date, slug: str) -> HttpResponse:
    """Show a story. A draft is the same 404 as an invented address; what was public once is 410."""
    at = clock.now()
    address = (get_language() or "", date, slug)
    story = next(iter(STORY_QUERY.fetch(at=at, language=address[0], date=date, slug=slug)), None)
    if story:
        context = story_context(story, at, published_total(request))
        lists = keys_of_story_page(story, context["related"])
        return render_page(request, "articles/article.html", context, lists)
    former = Article.objects.at_address(*address).first()
    if former and former.is_gone:
        return gone(request, former.withdrawal_reason)
    raise Http404("no such story")
