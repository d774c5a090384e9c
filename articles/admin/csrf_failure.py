"""A form whose CSRF token is no longer good, as after a sign-in in another tab: what was typed in it is not lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.csrf import csrf_failure

from articles.admin.stories.late_forms import FORMS, store_without_session
from articles.admin.stories.numbers import story_number


def answer_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Lead back to the story's form, where what was typed is saved or offered; elsewhere show Django's own page."""
    match = request.resolver_match
    if match and match.url_name in FORMS:
        story_id = story_number(match.kwargs.get("object_id"))
        if store_without_session(request, story_id):
            return HttpResponseRedirect(request.path)
    return csrf_failure(request, reason)
