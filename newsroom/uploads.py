"""Refuses what is larger than anything that the desk sends, or comes in too slowly beside others, before it is read.

Django limits text fields only: without this, a stranger's file would first be written to the disk.
A request that does not say its length has no body for a WSGI application.
"""

import threading
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

BODIES_AT_ONCE = 12  # in each process; newsroom/server.py has more threads, so that readers always find one
RETRY = 5  # seconds


class UploadLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if body_length(request) > settings.MAX_REQUEST_SIZE:
            megabytes = settings.MAX_REQUEST_SIZE // 1024**2
            message = _("This is more than the %(megabytes)d MB that can be sent at once.") % {"megabytes": megabytes}
            return HttpResponse(message, status=413, content_type="text/plain")
        return self.get_response(request)


class SlowBodiesMiddleware:
    """A body that trickles in holds its thread: once so many do, whoever sends another is asked to come again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.places = threading.Semaphore(BODIES_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not body_length(request):
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            message = _("Too much is being sent to the server at this moment. Please try again in a few seconds.")
            # Not 503, of each of which a mail would be sent.
            return HttpResponse(message, status=429, content_type="text/plain", headers={"Retry-After": str(RETRY)})
        try:
            return self.get_response(request)
        finally:
            self.places.release()


def body_length(request: HttpRequest) -> int:
    """In bytes; 0 when the request does not say it in plain digits."""
    length = request.headers.get("Content-Length", "")
    return int(length) if length.isascii() and length.isdecimal() else 0
