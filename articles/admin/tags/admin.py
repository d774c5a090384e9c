"""Tags on the desk: one for each thing that stories are about, and the spellings that lead to it."""

from __future__ import annotations

from typing import Any

import taggit.admin  # noqa: F401  registers its own Tag, to be taken out below
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext
from taggit.models import Tag as TaggitTag

from articles.admin.saved_message import SavedMessageAdmin
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.tags.changelist import TagListAdmin
from articles.admin.tags.deletion import delete_selected
from articles.admin.tags.form import AliasInline, TagForm, keep_answering, save_tag_form
from articles.admin.tags.merging import merge_selected
from articles.admin.tags.page import tag_page_context
from articles.admin.tags.urls import TagAddresses
from articles.models import Tag
from articles.models.former_address import plain_path
from articles.users import signed_in

admin.site.unregister(TaggitTag)


@admin.register(Tag)
class TagAdmin(SavedMessageAdmin, TagListAdmin, TagAddresses):
    view_on_site = False  # its page is there when a story is; the form has its own link
    form = TagForm
    fields = ["name", "slug", "description"]
    inlines = [AliasInline]
    actions = [merge_selected, delete_selected]

    # The form

    def get_form(self, request: HttpRequest, obj: Tag | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = signed_in(request)
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the form again to somebody who saves a name that somebody else has just taken."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (ValidationError, IntegrityError) as error:
            messages.error(request, " ".join(describe_refusal(error).messages))
            return HttpResponseRedirect(request.get_full_path())

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        shown = context["original"]  # a refused form has changed it
        tag = self.get_queryset(request).filter(pk=shown.pk).first() if shown else None
        if tag:
            context |= {"title": str(tag), "subtitle": None, **tag_page_context(tag, signed_in(request))}
        context["may_merge"] = self.has_merge_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Tag, form: ModelForm[Tag], change: bool) -> None:
        if save_tag_form(signed_in(request), obj, form):
            text = gettext("Readers were told that %(path)s is no longer available; it is now the page of “%(tag)s”.")
            messages.warning(request, text % {"path": plain_path(obj), "tag": obj})

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        keep_answering(formset)
