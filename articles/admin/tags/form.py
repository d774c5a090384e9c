"""The form of a tag: a name that is another tag's offers the merge, and each spelling leads to one tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import FormerAddress, Tag, TagAlias
from articles.models.tag import taken_by
from articles.slugs import tag_key

if TYPE_CHECKING:
    from articles.users import User


class TagForm(forms.ModelForm):
    """The form of a tag; `user` fills it in."""

    user: User

    class Meta:
        model = Tag
        fields = ["name", "slug", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})}

    def add_error(self, field: str | None, error: Any) -> None:
        """Add the error with a link to the tag that has the name already."""
        super().add_error(field, error)
        if other := taken_by(error):
            super().add_error("name", ValidationError(self._way_to(other)))

    def _way_to(self, other: Tag) -> str:
        if self.instance.pk and self.user.has_perm("articles.merge_tag"):
            merge = reverse("admin:articles_tag_merge")
            address = f"{merge}?tags={self.instance.pk},{other.pk}&target={other.pk}"
            return format_html('<a href="{}">{}</a>', address, gettext("Merge this tag into it"))
        address = reverse("admin:articles_tag_change", args=[other.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Open that tag"))


class AliasForms(forms.BaseInlineFormSet):
    def get_queryset(self) -> Any:
        """Return the aliases with their tags, which each line names."""
        aliases = super().get_queryset()
        for alias in aliases:
            alias.tag = self.instance
        return aliases

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if delete := form.fields.get("DELETE"):
            delete.widget.attrs["aria-label"] = delete.label

    def clean(self) -> None:
        """Refuse two equal rows of one form, and the tag's own name, before the database has to."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name", "") if form.is_valid() else ""
            if not name or form.cleaned_data.get("DELETE"):
                continue
            key = tag_key(name)
            if key in seen:
                form.add_error("name", _("The same alias is listed twice."))
            if form.has_changed() and key == tag_key(self.instance.name):
                form.add_error("name", _("That is the name of the tag itself."))
            seen.add(key)


class AliasInline(admin.TabularInline):
    model = TagAlias
    formset = AliasForms
    template = "admin/articles/tag/_aliases.html"
    fields = ["name", "slug"]
    readonly_fields = ["slug"]  # made from the name
    extra = 1
    verbose_name = _("alias")
    verbose_name_plural = _("Aliases that lead here")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give each field a label of its own: a screen reader does not read the head of a column for a field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = field.label
        return field


def keep_answering(spellings: Any) -> None:
    """Redirect the addresses of removed spellings to the tag, after these forms are saved."""
    FormerAddress.objects.forget([alias.path for alias in spellings.new_objects])
    for alias in spellings.deleted_objects:
        FormerAddress.objects.record(alias.path, alias.tag)


def save_tag_form(user: User, tag: Tag, form: ModelForm[Tag]) -> bool:
    """Keep what was typed, and whether readers were told that its address is gone.

    Raises PermissionDenied, or ValidationError when somebody else was faster.
    """
    if form.instance._state.adding:
        tag.slug = tag.slug or tag.free_slug()
        reused = tag.reuses_a_retired_address
        tag.save()
        FormerAddress.objects.record("", tag)
        return reused
    stored = Tag.objects.get(pk=tag.pk)
    slug = (tag.slug or tag.free_slug()) if "slug" in form.changed_data else None
    reused = slug is not None and Tag(slug=slug).reuses_a_retired_address
    stored.rename(user, tag.name, slug)
    tag.slug = stored.slug
    if "description" in form.changed_data:
        stored.description = tag.description
        stored.save(update_fields=["description"])
    return reused
