"""The search page; articles/search/ finds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    head = metadata.for_page(_("Search"), _("Find a story."), request.path, language=get_language() or "", index=False)
    return render(request, "articles/search.html", {"text": text, "metadata": head})
