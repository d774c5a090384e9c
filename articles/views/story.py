"""A story's own page."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.pages import story_context
from articles.surrogates import shown
from articles.views.errors import gone
from articles.views.former import followed


@require_safe
@followed
def article(request: HttpRequest, date: datetime.date, slug: str) -> HttpResponse:
    """Drafts and nonsense are the same 404; what was public once is 410."""
    at = timezone.now()
    address = (get_language() or "", date, slug)
    story = Article.objects.visible(at).at_address(*address).with_page_parts().with_translations(at).first()
    if story:
        return shown(request, "articles/article.html", story_context(story, at))
    former = Article.objects.at_address(*address).first()
    if former and former.is_gone:
        return gone(request)
    raise Http404("no such story")
