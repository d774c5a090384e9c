"""What the desk says when something was saved: its name and its state, with the ways to it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

OTHER_BUTTONS = {"_continue", "_addanother", "_saveasnew", IS_POPUP_VAR}


class SavedMessageAdmin(admin.ModelAdmin):
    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if OTHER_BUTTONS.intersection(request.POST):
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, self._saved_message(request, obj), messages.SUCCESS)
        return self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if OTHER_BUTTONS.intersection(request.POST):
            return super().response_change(request, obj)
        self.message_user(request, self._saved_message(request, obj), messages.SUCCESS)
        return self.response_post_save_change(request, obj)

    def describe_saved(self, obj: Any) -> str:
        """Return a sentence about the state in which this is now."""
        return _("“%(name)s” is saved.") % {"name": obj}

    def _saved_message(self, request: HttpRequest, obj: Any) -> SafeString:
        links = []
        if self.has_view_or_change_permission(request, obj):
            page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            links.append((reverse(page, args=[obj.pk]), _("Open it again")))
        if public := self.get_view_on_site_url(obj):
            links.append((public, _("View on site")))
        return format_html("{}{}", self.describe_saved(obj), format_html_join("", ' <a href="{}">{}</a>', links))
