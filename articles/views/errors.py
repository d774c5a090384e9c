"""The pages for what is not there, is there no more, or went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gone(request: HttpRequest) -> HttpResponse:
    """Answer 410: it was public and is no longer."""
    return render(request, "410.html", status=410)
