"""Refuses a request that is larger than any that the desk sends, before a byte of it is read.

Django limits text fields only: without this, a stranger's file would first be written to the disk.
A request that does not say its length has no body for a WSGI application.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _


class UploadLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > settings.MAX_REQUEST_SIZE:
            megabytes = settings.MAX_REQUEST_SIZE // 1024**2
            message = _("This is more than the %(megabytes)d MB that can be sent at once.") % {"megabytes": megabytes}
            return HttpResponse(message, status=413, content_type="text/plain")
        return self.get_response(request)
