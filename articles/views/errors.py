"""The pages for addresses that do not exist or no longer exist, and for failures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gone(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 410: it was public and is no longer; `reason` tells readers why."""
    return render(request, "410.html", {"reason": reason}, status=410)
