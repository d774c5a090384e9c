"""The tag list: one tag for each thing that stories are about, and the spellings that lead to it."""

from __future__ import annotations

from typing import Any

import taggit.admin  # noqa: F401  registers its own Tag, to be taken out below
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as TaggitTag

from articles.admin.addresses import AddressedAdmin
from articles.admin.tag_list import TagListAdmin
from articles.models import Tag, TagAlias
from articles.slugs import tag_key

admin.site.unregister(TaggitTag)


class AliasForms(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Two rows of one form are told apart before the database has to."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name", "") if form.is_valid() else ""
            if name and not form.cleaned_data.get("DELETE"):
                if tag_key(name) in seen:
                    form.add_error("name", _("The same spelling stands here twice."))
                seen.add(tag_key(name))


class AliasInline(admin.TabularInline):
    model = TagAlias
    formset = AliasForms
    fields = ["name", "slug"]
    readonly_fields = ["slug"]  # made from the name
    extra = 1

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The head of a column names no field for a screen reader, so each says its name itself."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = field.label
        return field


@admin.register(Tag)
class TagAdmin(TagListAdmin, AddressedAdmin):
    fields = ["name", "slug", "description"]
    inlines = [AliasInline]

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        """The page before has shown the stories that have it."""
        obj.retire(request.user, remove_from_stories=True)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        for tag in queryset:
            self.delete_model(request, tag)
