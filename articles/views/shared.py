"""A story that is not public, for the one outsider who was given its link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from articles.models import ShareLink
from articles.pages import render_unlisted, saved_story


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the story as it was saved last; redirect to it once it is public.

    Expired, revoked and invented links are all not found.
    """
    link = ShareLink.objects.of_token(token)
    story = link.article if link else None
    if link is None or story is None or not (story.is_shareable or story.is_visible()):
        raise Http404("no such link")
    if story.is_shareable:
        response: HttpResponse = render_unlisted(request, saved_story(story), shared=link)
        if request.method == "GET":
            link.count_read()  # at last: what fails before is not read, and may be called again
    else:
        response = HttpResponseRedirect(story.get_absolute_url())
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
