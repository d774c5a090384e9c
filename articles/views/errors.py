"""The pages for what is not there, is there no more, or went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gone(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 410: it was public and is no longer; `reason` is what readers are told beyond that."""
    return render(request, "410.html", {"reason": reason}, status=410)
