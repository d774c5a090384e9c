"""Shows the desk in the language and time zone of the person who is signed in; readers' pages depend on nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from articles.time_zones import find_zone
from newsroom.url_kinds import is_desk


class PreferencesMiddleware:
    """The language and time zone of a person; the middleware before this one knows who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_desk(request) or not request.user.is_authenticated:
            return self.get_response(request)
        with (
            translation.override(language_of_user(request.user.language)),
            timezone.override(find_zone(request.user.time_zone)),
        ):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


def language_of_user(choice: str) -> str:
    """Return the language that somebody chose; that of the request without a choice the site offers today."""
    return choice if choice in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
