"""Saves that a script sends: it hears where they lead, and updates the form itself (static/desk/saving.js)."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern

STORY_FORM_NAMES = ("articles_article_add", "articles_article_change")
SCRIPT = "application/json"  # what the script accepts, and browsers do not name


def tell_scripts(pattern: URLPattern) -> URLPattern:
    """Wrap the view of a form: a redirect, which a script could not see, becomes JSON: {"location": …}."""
    view = pattern.callback

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        is_redirect = isinstance(response, HttpResponseRedirect)
        return _as_json(response) if is_redirect and request.headers.get("Accept") == SCRIPT else response

    if pattern.name in STORY_FORM_NAMES:
        pattern.callback = telling
    return pattern


def _as_json(redirect: HttpResponseRedirect) -> HttpResponse:
    answer = JsonResponse({"location": redirect.url})
    answer.cookies = redirect.cookies
    return answer
