"""Answers what may not be done and what is not there: inside the desk for who works there, else as readers see it."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found, permission_denied

from newsroom.audit.recording import record_refusal
from newsroom.url_kinds import is_desk


def answer_forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403, with the text of the exception for people of the desk: Django's handler403."""
    if not is_at_work(request):
        return permission_denied(request, exception)
    record_refusal(request)
    context = admin.site.each_context(request) | {"title": _("Not allowed"), "reason": str(exception)}
    return render(request, "admin/403.html", context, status=403)


def answer_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: Django's handler404."""
    if not is_at_work(request):
        return page_not_found(request, exception)
    context = admin.site.each_context(request) | {"title": _("Page not found")}
    return render(request, "admin/404.html", context, status=404)


def is_at_work(request: HttpRequest) -> bool:
    """Return whether somebody who may use the desk asked for one of its addresses; not before it is known who asks."""
    return is_desk(request) and hasattr(request, "user") and admin.site.has_permission(request)
