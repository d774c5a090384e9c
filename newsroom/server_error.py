"""Answers a request that failed: 503 for a database that does not answer, which passes, and 500 for a fault of ours."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.defaults import server_error

RETRY_AFTER_SECONDS = 10  # seconds


def answer_failure(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database does not answer, or not in time, else 500: Django's handler500."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return server_error(request)
    page = get_template("503.html").render({"was_sending": request.method == "POST"})
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)
