"""The answer where no page can be shown, and how it is known that this is the database's fault."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from newsroom.environ import Environ
from newsroom.page_cache.renderers import FAILED, RenderedResponse

UNAVAILABLE_RETRY_AFTER_SECONDS = 5


def unavailable(environ: Environ) -> RenderedResponse:
    """Answer 503: the database does not answer and the page is not stored, or too many wait for pages."""
    language = translation.get_language_from_path(environ["PATH_INFO"]) or settings.LANGUAGE_CODE
    with translation.override(language):
        words = _("This page cannot be shown at the moment. Please try again in a few seconds.")
    body = f"{words}\n".encode()
    headers = [
        ("Content-Language", language),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(UNAVAILABLE_RETRY_AFTER_SECONDS)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return RenderedResponse("503 Service Unavailable", headers, body)


def note_failure(sender: Any, request: HttpRequest | None = None, **_more: Any) -> None:
    """Note, while Django handles the exception, that it was the database's."""
    if request is not None and isinstance(sys.exc_info()[1], Error):
        request.META[FAILED] = True


got_request_exception.connect(note_failure, dispatch_uid="newsroom.page_cache")
