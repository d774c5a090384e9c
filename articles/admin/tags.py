"""Tags on the desk: one for each thing that stories are about, and the spellings that lead to it."""

from __future__ import annotations

from typing import Any

import taggit.admin  # noqa: F401  registers its own Tag, to be taken out below
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as TaggitTag

from articles.admin.article_form import refusal_of
from articles.admin.tag_addresses import TagAddresses
from articles.admin.tag_deletion import delete_selected
from articles.admin.tag_form import AliasInline, TagForm, keep_answering, save_tag
from articles.admin.tag_merging import merge_selected
from articles.admin.tag_page import parts_of
from articles.models import Tag, TagAlias, plain_path
from articles.slugs import tag_key

admin.site.unregister(TaggitTag)


@admin.register(Tag)
class TagAdmin(TagAddresses):
    list_display = ["name", "story_count", "spellings", "slug", "created_at"]
    search_fields = ["key"]
    search_help_text = _("Accents, capitals and punctuation do not matter; other spellings are found too.")
    ordering = ["name"]
    show_full_result_count = False
    form = TagForm
    fields = ["name", "slug", "description"]
    inlines = [AliasInline]
    actions = [merge_selected, delete_selected]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Tag], search_term: str
    ) -> tuple[QuerySet[Tag], bool]:
        key = tag_key(search_term)
        if not key:
            return queryset, False
        aliased = TagAlias.objects.filter(key__contains=key).values("tag")
        return queryset.filter(Q(key__contains=key) | Q(pk__in=aliased)), False

    @admin.display(description=_("other spellings"))
    def spellings(self, tag: Tag) -> str:
        return ", ".join(alias.name for alias in tag.aliases.all())

    # The form

    def get_form(self, request: HttpRequest, obj: Tag | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Whoever saves what somebody else has just taken begins anew."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, IntegrityError) as error:
            messages.error(request, " ".join(refusal_of(error).messages))
            return HttpResponseRedirect(request.get_full_path())

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        shown = context["original"]  # which a form that was refused has changed
        tag = self.get_queryset(request).filter(pk=shown.pk).first() if shown else None
        if tag:
            context |= {"title": str(tag), "subtitle": None, **parts_of(tag, request.user)}
        context["may_merge"] = self.has_merge_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Tag, form: ModelForm[Tag], change: bool) -> None:
        if save_tag(request.user, obj, form):
            text = gettext("Readers were told that %(path)s is gone for good; it is the page of “%(tag)s” now.")
            messages.warning(request, text % {"path": plain_path(obj), "tag": obj})

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        keep_answering(formset)
