"""Copying stories as new drafts on the desk: a second click on the same button makes no second copy."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.refused_message import refused_message
from articles.admin.stories.autosaves import new_key
from articles.admin.stories.form.checks import describe_refusal
from articles.models import Article, SavedForm
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.users import User

MAX_COPIES = 20  # stories at once


def copy_story(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Copy the story, and show the form of the new draft; with GET, as after signing in again, that of the story."""
    story = model_admin.get_story(request, story_id)
    if not story.may_be_copied_by(signed_in(request)):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))
    try:
        copied = copy_once(story, signed_in(request), request.POST.get("key", ""))
    except (ValidationError, IntegrityError) as error:
        messages.error(request, " ".join(describe_refusal(error).messages))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))
    text = _("This is the new draft, a copy of “%(story)s”. Times, pins and the address were not copied.")
    messages.success(request, text % {"story": story})
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[copied.pk]))


def copy_once(story: Article, by: User, key: str) -> Article:
    """Return a new draft, or the one that this person's page with this key has already made of the story.

    Raises PermissionDenied.
    """
    pressed = SavedForm.objects.filter(user=by, key=_digest(key, story)).select_related("article")
    try:
        with transaction.atomic():
            if key and (made := pressed.first()):
                return made.article
            copied = story.copy(by)
            if key:
                SavedForm.objects.create(user=by, key=_digest(key, story), article=copied, version=copied.version)
            return copied
    except IntegrityError:  # two clicks at once
        if made := pressed.first():
            return made.article
        raise


@admin.action(description=gettext_lazy("Copy as new drafts"), permissions=["add"])
def copy_selected(model_admin: Any, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse | None:
    """Ask first; then copy each story separately, so that one failure does not stop the others."""
    stories = list(chosen.select_related("section")[:MAX_COPIES])
    if "confirmed" in request.POST:
        _copy_all(stories, request)
        return None
    possible = [story for story in stories if story.may_be_copied_by(signed_in(request))]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Copy as new drafts"),
        "opts": model_admin.model._meta,
        "action": copy_selected.__name__,
        "question": ngettext(
            "This will make a new draft of %(count)d story:",
            "This will make new drafts of %(count)d stories:",
            len(possible),
        )
        % {"count": len(possible)},
        "key": new_key(),
        "possible": [(story, []) for story in possible],
        "impossible": [(story, _("You may not copy this story.")) for story in stories if story not in possible],
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/articles/article/confirm_action.html", context)


def _copy_all(stories: list[Article], request: HttpRequest) -> None:
    done, user, key = 0, signed_in(request), request.POST.get("key", "")
    for story in stories:
        if not story.may_be_copied_by(user):
            messages.error(request, refused_message(story, _("You may not copy this story.")))
            continue
        try:
            copy_once(story, user, key)
            done += 1
        except (ValidationError, IntegrityError) as error:
            messages.error(request, refused_message(story, describe_refusal(error)))
    if done:
        text = ngettext("%(count)d new draft: see “My stories”.", "%(count)d new drafts: see “My stories”.", done)
        messages.success(request, text % {"count": done})


def _digest(key: str, story: Article) -> str:
    """Return a key of this page and story, which always has 32 characters."""
    return hashlib.sha256(f"copy {story.pk} {key}".encode(errors="replace")).hexdigest()[:32]
