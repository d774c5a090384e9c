"""A story's versions: who saved what and when, what changed from one to another, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import differences
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.form.checks import describe_refusal
from articles.differences import FieldChange
from articles.models import Article, Revision
from articles.models.article import StaleStory
from articles.models.byline import BylineRole
from articles.models.content import FIELDS, SINGLE_CHOICES, Content, changed_fields
from articles.models.unseen import as_seen_by
from articles.states import name_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.users import User

MAX_VERSIONS_SHOWN = 200  # newest versions shown


@dataclass(frozen=True)
class VersionEntry:
    """One line of the history."""

    revision: Revision
    who: str
    changed: str  # “headline, tags”


@dataclass(frozen=True)
class LabelledChange:
    """A change under its field's name in the form."""

    label: str
    change: FieldChange


def show_history(model_admin: ArticleAdmin, request: HttpRequest, story_id: int | str) -> HttpResponse:
    """Show the newest versions, newest first."""
    story = model_admin.get_story(request, story_id)
    revisions = story.revisions.newest_first().select_related("saved_by").defer("stored")[:MAX_VERSIONS_SHOWN]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("History of “%(story)s”") % {"story": story},
        "story": story,
        "opts": Article._meta,
        "entries": [VersionEntry(revision, name_of(revision.saved_by), _changed(revision)) for revision in revisions],
        "may_change": model_admin.has_change_permission(request, story),
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def compare_versions(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Show what changed from the version ?old= (the one before) to the version ?new= (the newest)."""
    story = model_admin.get_story(request, story_id)
    new = _get_revision(story, request.GET.get("new")) or story.revisions.saved().newest_first().first()
    if new is None:
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[story.pk]))
    older = story.revisions.saved().newest_first().select_related("saved_by").filter(pk__lt=new.pk)
    old = _get_revision(story, request.GET.get("old")) or older.first()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What changed in “%(story)s”") % {"story": story},
        "story": story,
        "opts": Article._meta,
        "old": old,
        "versions": [revision for revision in (old, new) if revision],
        "changes": list_changes(old.content, new.content, signed_in(request)) if old else [],
        "may_change": model_admin.has_change_permission(request, story),
    }
    return TemplateResponse(request, "admin/articles/article/comparison.html", context)


def restore_version(model_admin: ArticleAdmin, request: HttpRequest, story_id: int, revision_id: int) -> HttpResponse:
    """Bring an older version back as the newest one."""
    story = model_admin.get_story(request, story_id)
    if not story.may_be_changed_by(signed_in(request)):
        raise PermissionDenied
    revision = get_object_or_404(story.revisions, pk=revision_id)
    words = {"number": revision.version, "story": story}
    try:
        changed = story.restore(revision, signed_in(request))
    except (StaleStory, ValidationError, IntegrityError) as error:
        messages.error(request, " ".join(describe_refusal(error).messages))
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[story.pk]))
    if not changed:
        messages.info(request, _("“%(story)s” is already the same as version %(number)d.") % words)
    elif story.has_changes:
        message = _("Version %(number)d of “%(story)s” has been restored. Readers see it when you publish the changes.")
        messages.success(request, message % words)
    else:
        messages.success(request, _("Version %(number)d of “%(story)s” has been restored.") % words)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))


def list_changes(old: Content, new: Content, user: User) -> list[LabelledChange]:
    """Return every field that differs, in the order of the content, as this person may see it."""
    old, new = as_seen_by(user, old, new)
    return [
        LabelledChange(field_label(name), describe_field_change(name, old[name], new[name]))
        for name in changed_fields(old, new)
    ]


def describe_field_change(name: str, old: Any, new: Any) -> FieldChange:
    """Return how a field of the content changed; `old` is None where its former value is unknown."""
    match name:
        case "body":
            return differences.body_change(name, old or "", new)
        case _ if name in SINGLE_CHOICES:
            return FieldChange(name, old=old and old[1], new=new and new[1])
        case "label":
            return _named_change(name, dict(Article.Label.choices), old, new)
        case "language":
            return _named_change(name, dict(settings.LANGUAGES), old, new)
        case "never_teased":
            return FieldChange(name, old=_("yes") if old else _("no"), new=_("yes") if new else _("no"))
        case "authors":
            return differences.list_change(name, list(map(_signature, old or ())), list(map(_signature, new)))
        case "tags" | "pinned_compact" | "pinned_long" | "never_here":
            return differences.list_change(name, [one[1] for one in old or ()], [one[1] for one in new])
    return differences.text_change(name, old or "", new)


def _named_change(name: str, words: dict[Any, Any], old: Any, new: Any) -> FieldChange:
    return FieldChange(name, old=words.get(old, old), new=words.get(new, new))


def _signature(entry: list[Any]) -> str:
    """Return “Awa Koné”, with the role where it is not that of an author."""
    _pk, name, role = entry
    return name if role == BylineRole.AUTHOR else f"{name} ({dict(BylineRole.choices).get(role, role)})"


def field_label(name: str) -> str:
    """Return the label of a field of the content, as the story's form has it."""
    return str(ArticleForm.base_fields[name].label or Article._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _changed(revision: Revision) -> str:
    """Name the fields in the order of the form, without those that stories no longer have."""
    return ", ".join(lower_first(field_label(name)) for name in FIELDS if name in revision.fields)


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _get_revision(story: Article, number: str | None) -> Revision | None:
    """Return the story's version with this id. Raises Http404 when it has none."""
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404("no version")
    return get_object_or_404(story.revisions.select_related("saved_by"), pk=number)
