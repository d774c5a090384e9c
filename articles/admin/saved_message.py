"""What the desk says when something was saved or deleted: its name and its state, with the ways to it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class SavedMessageAdmin(admin.ModelAdmin):
    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.say_added(request, obj)
        return self._chosen_page(request, obj) or self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        self._say_saved(request, obj)
        return self._chosen_page(request, obj) or self.response_post_save_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_delete(request, obj_display, obj_id)
        self.message_user(request, _("“%(name)s” is deleted.") % {"name": obj_display}, messages.SUCCESS)
        return self.response_post_save_change(request, None)  # back to the list, with its filters

    def describe_saved(self, obj: Any) -> str:
        """Return a sentence about the state in which this is now."""
        return _("“%(name)s” is saved.") % {"name": obj}

    def say_added(self, request: HttpRequest, obj: Any) -> None:
        """Say what a page that has just made this says."""
        self._say_saved(request, obj)

    def _say_saved(self, request: HttpRequest, obj: Any) -> None:
        self.message_user(request, self._saved_message(request, obj), messages.SUCCESS)

    def _saved_message(self, request: HttpRequest, obj: Any) -> SafeString:
        links = []
        if "_continue" not in request.POST and self.has_view_or_change_permission(request, obj):
            address = self._address(request, "change", obj.pk)
            links.append(format_html('<a href="{}">{}</a>', address, _("Open it again")))
        if public := self.get_view_on_site_url(obj):
            links.append(view_on_site_link(public))
        return format_html_join(" ", "{}", ((part,) for part in (self.describe_saved(obj), *links)))

    def _chosen_page(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Return the way to the page that the pressed button names; None for the button that only saves."""
        if "_continue" in request.POST:
            return HttpResponseRedirect(self._address(request, "change", obj.pk))
        if "_addanother" in request.POST:
            return HttpResponseRedirect(self._address(request, "add"))
        return None

    def _address(self, request: HttpRequest, page: str, *args: Any) -> str:
        """Return the address of a page of the model, which remembers the filters of the list."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)
        filters = self.get_preserved_filters(request)
        return f"{address}?{filters}" if filters else address


def view_on_site_link(address: str) -> SafeString:
    """Return a link to the page that readers see, in a tab of its own: what is open on the desk stays open."""
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, _("View on site"))
