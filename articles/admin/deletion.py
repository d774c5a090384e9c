"""Deleting on the desk: what something has begun to use since its page was checked stays, and is no error page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

IN_USE_ERRORS = (ProtectedError, RestrictedError, IntegrityError)


class DeletionAdmin(admin.ModelAdmin):
    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except IN_USE_ERRORS:
            return _refuse(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():  # the log says nothing of a deletion that was undone
                return super().changelist_view(request, extra_context)
        except IN_USE_ERRORS:
            return _refuse(request)


def _refuse(request: HttpRequest) -> HttpResponseRedirect:
    """Lead back to the page, which says by what it is used now."""
    messages.error(request, _("Nothing was deleted: it has just come into use. Reload the page to see where."))
    return HttpResponseRedirect(request.get_full_path())
