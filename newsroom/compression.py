"""Compresses pages on their way, for readers on slow networks; static files are compressed beforehand."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Django's middleware, with its guard against guessing secrets by length, but without pictures: they are
    compressed.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)
