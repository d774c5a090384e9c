"""The original of a translation, as it stands beside the text, and what changed in it since it was taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles import richtext
from articles.admin.stories.history import list_changes
from articles.admin.stories.numbers import parse_version
from articles.languages import language_name
from articles.log_messages import log_message
from articles.models import Article, Translation
from articles.models.translating import WRITTEN_ANEW
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin


def show_original(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Show the newest text of the original, and its changes that nobody has taken in yet."""
    translation = _translation_of(model_admin, request, story_id)
    original, before = translation.original, translation.content_taken_in
    content = original.newest_content
    changes = list_changes(before, content, signed_in(request)) if before else []
    texts = [one for one in changes if one.change.field in WRITTEN_ANEW]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("The original of “%(story)s”") % {"story": translation.article},
        "story": translation.article,
        "translation": translation,
        "original": original,
        "language": language_name(original.language),
        "content": content,
        "body": mark_safe(richtext.replace_story_links(content["body"], _on_desk)),  # noqa: S308  cleaned when stored
        "is_behind": translation.version != original.version and (before is None or bool(texts)),
        "changes": texts,
        "may_change": model_admin.has_change_permission(request, translation.article),
        "opts": Article._meta,
    }
    return TemplateResponse(request, "admin/articles/article/original.html", context)


@transaction.atomic
def take_in(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Record that the translation says what the original said in the version that was shown."""
    model_admin.get_editable_story(request, story_id)
    translation = _translation_of(model_admin, request, story_id)
    version = parse_version(request.POST.get("version", ""))
    if version and translation.take_in(version, signed_in(request)):
        entry = log_message(gettext_noop("Changes of the original taken in"))
        LogEntry.objects.log_actions(signed_in(request).pk, [translation.article], CHANGE, entry, single_object=True)
        messages.success(request, _("The changes of the original are taken in."))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story_id]))


def _on_desk(number: int) -> str:
    return reverse("admin:articles_article_change", args=[number])


def _translation_of(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> Translation:
    """Return the translation, if this person may read both it and the original. Raises Http404, PermissionDenied."""
    story = model_admin.get_story(request, story_id)
    translation = get_object_or_404(Translation.objects.select_related("article"), article=story)
    original = model_admin.get_queryset(request).filter(pk=translation.original_id).first()
    if original is None:
        raise PermissionDenied
    translation.original = original
    return translation
