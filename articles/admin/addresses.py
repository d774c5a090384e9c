"""The part that every admin of a noun with a public address shares: a changed slug leaves a redirect behind."""

from __future__ import annotations

from typing import Any

from django.forms import ModelForm
from django.http import HttpRequest

from articles.admin.declared_filters import DeclaredFiltersAdmin
from articles.admin.deletion import DeletionAdmin
from articles.admin.saved_message import SavedMessageAdmin
from articles.models import FormerAddress
from articles.models.former_address import plain_path


class AddressedAdmin(DeletionAdmin, SavedMessageAdmin, DeclaredFiltersAdmin):
    """Keep the former address of an object whose slug changes, and show its public page in the site's language."""

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        before = plain_path(type(obj).objects.get(pk=obj.pk)) if change and "slug" in form.changed_data else ""
        super().save_model(request, obj, form, change)
        FormerAddress.objects.record(before, obj)

    def view_on_site(self, obj: Any) -> str:
        return plain_path(obj)
