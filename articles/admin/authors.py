"""The people whose names stand above stories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.addresses import AddressedAdmin
from articles.admin.author_merging import AuthorMergePages
from articles.admin.fields.picture_input import PictureChooserInput
from articles.admin.portraits import with_portrait
from articles.models import Author
from articles.states import name_of


class LoginField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{name_of(obj)} ({obj.get_username()})"


@admin.register(Author)
class AuthorAdmin(AuthorMergePages, AddressedAdmin):
    list_display = ["person", "title", "state", "login", "stories"]
    list_display_links = ["person"]
    view_only_list = ["person", "title", "state", "stories"]
    list_filter = ["is_active"]
    list_select_related = ["user", "photo", "merged_into"]
    empty_value_display = ""
    search_fields = ["name", "title"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (None, {"fields": ["name", "slug", "title", "biography", "photo", "is_active"]}),
        (_("Contact"), {"fields": ["email", "website", "mastodon", "linkedin", "x_profile"]}),
        (_("Desk"), {"fields": ["user"]}),
    ]

    # Only those who may change an author's login may see whose it is.

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = self.list_display if self.has_change_permission(request) else self.view_only_list
        may_list_stories = request.user.has_perm("articles.view_article")
        return shown if may_list_stories else [name for name in shown if name != "stories"]

    def get_fieldsets(self, request: HttpRequest, obj: Author | None = None) -> Any:
        if not self.has_change_permission(request, obj):
            return self.fieldsets[:-1]
        if request.user.has_perm("newsroom.view_user"):
            return self.fieldsets
        return [*self.fieldsets[:-1], (_("Desk"), {"fields": ["login"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> Any:
        """Let those choose an account who may see them all."""
        return [] if request.user.has_perm("newsroom.view_user") else ["login"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return fields without links to other forms: neither an account nor a picture is made in passing."""
        if db_field.name == "user":
            return db_field.formfield(form_class=LoginField, empty_label=_("No account"))
        if db_field.name == "photo":
            return db_field.formfield(
                widget=PictureChooserInput(may_upload=request.user.has_perm("articles.add_image"))
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def describe_saved(self, obj: Author) -> str:
        if obj.is_active:
            return super().describe_saved(obj)
        return gettext("“%(name)s” is saved, as a former colleague.") % {"name": obj}

    # Columns

    @admin.display(description=_("name"), ordering="name")
    def person(self, author: Author) -> SafeString:
        return with_portrait(author.name, author.photo)

    @admin.display(description=_("status"), ordering="is_active")
    def state(self, author: Author) -> str:
        if author.merged_into:
            return gettext("merged into %(name)s") % {"name": author.merged_into}
        return gettext("active") if author.is_active else gettext("former colleague")

    @admin.display(description=_("account"), ordering="user__username")
    def login(self, author: Author) -> str:
        return author.user.get_username() if author.user else ""

    @admin.display(description=_("stories"))
    def stories(self, author: Author) -> SafeString:
        """Return the way to their stories."""
        address = reverse("admin:articles_article_changelist")
        return format_html('<a href="{}?author={}">{}</a>', address, author.pk, gettext("Stories"))

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
