"""A form whose CSRF token is no longer good, as after a sign-in in another tab: what was typed in it is not lost."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied

from articles.admin.stories.late_forms import FORMS, store_without_session
from articles.admin.stories.numbers import story_number


def answer_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Lead back to the story's form, where what was typed is saved or offered; elsewhere say how to send it again."""
    match = request.resolver_match
    if match and match.url_name in FORMS:
        story_id = story_number(match.kwargs.get("object_id"))
        if store_without_session(request, story_id):
            return HttpResponseRedirect(request.path)
    if not request.path.startswith(reverse("admin:index")):
        return permission_denied(request, PermissionDenied())
    said = _(
        "Nothing was saved: you signed in or out since this page was opened. Go back, where your browser still has what"
        " you typed, copy it, reload the page and send it again."
    )
    context = admin.site.each_context(request) | {"title": _("The page was too old"), "reason": said}
    return render(request, "admin/403.html", context, status=403)
