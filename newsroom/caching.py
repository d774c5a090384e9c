"""Says of every answer of Django whether caches on the way may keep it.

An answer without Cache-Control may be kept for as long as a browser or proxy guesses. The page cache stores what is the
same for everybody; whatever it passes by, as for staff or a request with credentials, is for its sender alone.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from newsroom.page_cache.key import parse_page_request
from newsroom.page_cache.page import CACHE_CONTROL, SHARED_ERROR_MAX_AGE_SECONDS, SHARED_MAX_AGE_SECONDS

PRIVATE = "private, no-cache"
SHARED_MAX_AGES = {
    200: SHARED_MAX_AGE_SECONDS,
    301: SHARED_MAX_AGE_SECONDS,
    404: SHARED_ERROR_MAX_AGE_SECONDS,
    410: SHARED_ERROR_MAX_AGE_SECONDS,
}  # seconds by status


class CacheControlMiddleware:
    """The outermost middleware, which completes the responses of the others too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = cache_control(request, response)
        return response


def cache_control(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return the header's value for an answer that has none of its own."""
    shared = SHARED_MAX_AGES.get(response.status_code)
    if shared is None or response.cookies or parse_page_request(request.META) is None:
        return PRIVATE
    return CACHE_CONTROL.format(shared=shared)
