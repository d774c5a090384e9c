"""Previews: the public page of a story as its form has it now, and the site as at another time."""

from __future__ import annotations

import datetime
from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock
from articles.admin.fields.moments import MomentField, describe_zone
from articles.languages import local_name
from articles.menu import forget_sections
from articles.models import Article, Section
from articles.pages import apply_content, render_unlisted, saved_story

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin


def preview_new_story(model_admin: ArticleAdmin, request: HttpRequest) -> HttpResponse:
    """Preview a story that is not saved yet."""
    model_admin.require_add_permission(request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:articles_article_add"))
    form = model_admin.get_form(request)(request.POST, instance=Article())
    return _show_preview(request, model_admin.admin_site, _build_typed_story(form))


def preview_story(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Preview the story as typed; with GET, or for those who may only read it, as saved last."""
    story = model_admin.get_story(request, story_id)
    if request.method == "POST" and model_admin.has_change_permission(request, story):
        form = model_admin.get_form(request, story, change=True)(request.POST, instance=story)
        return _show_preview(request, model_admin.admin_site, _build_typed_story(form))
    return _show_preview(request, model_admin.admin_site, saved_story(story))


def _build_typed_story(form: Any) -> Article:
    """Return the story that a bound form describes; invalid fields stay as they were saved. Writes nothing."""
    form.is_valid()
    return apply_content(form.story, form.content(), form.choices())


def _show_preview(request: HttpRequest, admin_site: Any, story: Article) -> HttpResponse:
    """Show the story's public page as on a phone and as on a desktop computer."""
    context = {
        **admin_site.each_context(request),
        "title": _("Preview of “%(story)s”") % {"story": story},
        "document": render_unlisted(request, story).text,
    }
    response = TemplateResponse(request, "admin/articles/article/preview.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


class AsAtForm(forms.Form):
    """The choice of a page of the site and a time."""

    page = forms.ChoiceField(label=gettext_lazy("Page"))
    at = MomentField(label=gettext_lazy("Date and time"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = list(_pages())  # type: ignore[attr-defined]


def show_site_as_at(model_admin: ArticleAdmin, request: HttpRequest) -> HttpResponse:
    """Show the front page or a section as readers see it at another time, past or future."""
    if not request.user.has_perm("articles.view_any_article"):
        raise PermissionDenied
    form = AsAtForm(request.GET if "at" in request.GET else None, initial={"at": clock.now()})
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("The site at another time"),
        "form": form,
        "zone": describe_zone(),
        "document": _document(request, form.cleaned_data["page"], form.cleaned_data["at"]) if form.is_valid() else "",
    }
    return TemplateResponse(request, "admin/articles/article/as_at.html", context)


def _document(request: HttpRequest, path: str, at: datetime.datetime) -> str:
    """Return the page as its view renders it, with every change that is due by then; the changes are rolled back."""
    asked = copy(request)
    asked.path = asked.path_info = path
    asked.shown_at = at  # type: ignore[attr-defined]  # what the masthead calls today
    asked.GET, asked.META = QueryDict(), request.META.copy()
    forget_sections(asked)
    language = translation.get_language_from_path(path) or settings.LANGUAGES[0][0]
    with translation.override(language), timezone.override(None):
        match = resolve(path)
        with transaction.atomic():
            Article.objects.put_due_changes_live(at, is_rehearsal=True)
            response = match.func(asked, *match.args, at=at, **match.kwargs)
            transaction.set_rollback(True)
    return str(response.text)


def _pages() -> Any:
    """Return path and name, in the language of the desk, of the front page and of every section in each language."""
    sections = list(Section.objects.in_menu())
    for code, _name in settings.LANGUAGES:
        language = local_name(code)
        yield _path_in(code, None), _("Front page, %(language)s") % {"language": language}
        for section in sections:
            yield _path_in(code, section), f"{section.label}, {language}"


def _path_in(code: str, section: Section | None) -> str:
    with translation.override(code):
        return section.get_absolute_url() if section else reverse("front")
