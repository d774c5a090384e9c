"""The people whose names stand above stories."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.addresses import AddressedAdmin
from articles.models import Author


class LoginInput(AutocompleteSelect):
    """Show nothing for a value that cannot be a login's id, which Django would still look up."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if str(one).isdecimal() and str(one).isascii()], attr)


@admin.register(Author)
class AuthorAdmin(AddressedAdmin):
    list_display = ["name", "title", "is_active", "user"]
    view_only_list = ["name", "title", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["user"]
    search_fields = ["name", "title"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]
    raw_id_fields = ["photo"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (None, {"fields": ["name", "slug", "title", "biography", "photo", "is_active"]}),
        (_("Contact"), {"fields": ["email", "website", "mastodon", "linkedin", "x_profile"]}),
        (_("Desk"), {"fields": ["user"]}),
    ]

    # Only those who may change an author's login may see whose it is.

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display if self.has_change_permission(request) else self.view_only_list

    def get_fieldsets(self, request: HttpRequest, obj: Author | None = None) -> Any:
        return self.fieldsets if self.has_change_permission(request, obj) else self.fieldsets[:-1]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["widget"] = LoginInput(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse to delete anybody who signed a story. The stories are counted, not listed: there may be thousands."""
        signed = [_stories_of(author) for author in objs if author.bylines.exists()]
        return ([], {}, set(), signed) if signed else super().get_deleted_objects(objs, request)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Let only a new author's address follow the name: an address that readers know stays."""
        return {} if obj else dict(self.prepopulated_fields)


def _stories_of(author: Author) -> str:
    count = author.bylines.count()
    return ngettext("%(author)s: %(count)s story", "%(author)s: %(count)s stories", count) % {
        "author": author,
        "count": count,
    }
