"""Where stories live, and how the menu shows them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.addresses import AddressedAdmin
from articles.models import Section


class SectionForm(forms.ModelForm):
    """A field for the name in each further language of the site, instead of a dictionary."""

    class Meta:
        model = Section
        fields = ["name", "slug", "description", "position", "in_menu"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES[1:]:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("name in %(language)s") % {"language": gettext(language)},
                max_length=80,
                required=False,
                initial=self.instance.other_names.get(code, ""),
            )

    def save(self, commit: bool = True) -> Section:
        for code, _language in settings.LANGUAGES[1:]:
            self.instance.other_names[code] = self.cleaned_data[f"name_{code}"]
        return super().save(commit)


@admin.register(Section)
class SectionAdmin(AddressedAdmin):
    form = SectionForm
    list_display = ["name", "position", "in_menu", "story_count"]
    search_fields = ["name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [f"name_{code}" for code, _language in settings.LANGUAGES[1:]]
        return ["name", *names, "slug", "description", "position", "in_menu"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        # The form makes the fields of further languages itself.
        return super().get_form(request, obj, change, **(kwargs | {"fields": SectionForm.Meta.fields}))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj or not self.has_change_permission(request) else {"slug": ["name"]}
