"""What every form of the desk shares: it loads the scripts that it uses.

The admin's own would load jQuery, a library of Unicode's letters and the actions of lists for every form.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

# Fill in a field while another one is typed
PREPOPULATING = (
    "admin/js/vendor/jquery/jquery.min.js",
    "admin/js/jquery.init.js",
    "admin/js/vendor/xregexp/xregexp.min.js",
    "admin/js/urlify.js",
    "admin/js/prepopulate.js",
)


class FormPageAdmin(admin.ModelAdmin):
    @property
    def media(self) -> forms.Media:
        """Return nothing: fields and inlines name what they use, and a list what it uses (list_page.py)."""
        return forms.Media()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["adminform"].prepopulated_fields:
            context["media"] = forms.Media(js=PREPOPULATING) + context["media"]
        return super().render_change_form(request, context, *args, **kwargs)
