"""Refuses URLs of the desk with a NUL character: Django's lists would pass it to PostgreSQL, which does not take it.

Readers' pages read their own few parameters and answer for themselves.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.utils.translation import gettext as _

from newsroom.url_kinds import is_desk


class NulMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_desk(request) and "%00" in request.META.get("QUERY_STRING", ""):
            message = _("This address contains an invalid character. Check it, or start from the list.")
            return HttpResponseBadRequest(message, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
