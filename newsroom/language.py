"""Decides the language of a page: its address for readers, the person for the desk.

Django's own LocaleMiddleware marks public pages as varying by Accept-Language, though the address
alone decides; every shared cache would then keep a copy for each browser's list of languages.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from newsroom.url_kinds import is_desk


class LanguageMiddleware:
    """The language of addresses made by `i18n_patterns(prefix_default_language=False)`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(language_of_request(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        if is_desk(request):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def language_of_request(request: HttpRequest) -> str:
    """Return a code from LANGUAGES: the person's on the desk, the address's elsewhere."""
    if is_desk(request):
        return translation.get_language_from_request(request)
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
