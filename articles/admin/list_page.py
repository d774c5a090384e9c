"""What every list of the desk shares: a first choice of its actions in words, and no script that it does not use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

NO_ACTION = [("", _("Choose an action …"))]


class ListPageAdmin(admin.ModelAdmin):
    show_facets = ShowFacets.NEVER

    def get_action_choices(self, request: HttpRequest, default_choices: Any = NO_ACTION) -> Any:
        return super().get_action_choices(request, default_choices)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {} if IS_POPUP_VAR in request.GET else {"media": self.list_media}
        return super().changelist_view(request, context | (extra_context or {}))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Log each by itself: rows that are stored several at once tell nobody, the audit log neither."""
        for one in queryset:
            alone: Any = [one]
            super().log_deletions(request, alone)

    @property
    def list_media(self) -> forms.Media:
        """Return what a list needs. The admin's own would load jQuery and a library of Unicode's letters for it too."""
        declared = getattr(self, "Media", None)
        scripts = [*getattr(declared, "js", ()), "admin/js/actions.js"]
        return forms.Media(css=getattr(declared, "css", {}), js=scripts)
