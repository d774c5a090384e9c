"""“Awa has this open, with unsaved changes, for 3 minutes”: told to whoever opens the same story."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Presence
from articles.states import name_of


def answer(request: HttpRequest, story_id: int) -> JsonResponse:
    """Take a sign of life (unsaved=1: with unsaved changes; gone=1: the last) and say who else is here."""
    user: Any = request.user
    if request.POST.get("gone"):
        Presence.objects.filter(article=story_id, user=user).delete()
        return JsonResponse({})
    Presence.objects.sign(story_id, user, unsaved=bool(request.POST.get("unsaved")))
    others = Presence.objects.here().filter(article=story_id).exclude(user=user).select_related("user")
    return JsonResponse({"colleagues": [in_words(other) for other in others]})


def in_words(other: Presence) -> str:
    minutes = int((timezone.now() - other.since).total_seconds() // 60)
    since = ngettext("for %(n)d minute", "for %(n)d minutes", minutes) % {"n": minutes}
    words = {"name": name_of(other.user), "since": since}
    if other.unsaved:
        return _("%(name)s has this open, with unsaved changes, %(since)s.") % words
    return _("%(name)s has this open, %(since)s.") % words
