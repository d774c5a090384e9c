"""“Awa has had this open since 14:05, with unsaved changes”: shown to everybody else who opens the same story.

Nobody is locked out. Who takes a story over has what the others typed kept in its history first, and they are told.
"""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.storage_errors import report_storage_error
from articles.admin.stories import autosaves
from articles.admin.stories.closed_stories import answer_if_closed
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.numbers import parse_version
from articles.models import Article, Autosave, Presence, Revision
from articles.models.content import Edit, is_same_content
from articles.states import format_moment_briefly, name_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.users import User


def report_presence(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> JsonResponse:
    """Take a sign of life (unsaved=1: with unsaved changes; gone=1: the last) and say who else is here.

    A sign that cannot be written now is left out: the next one comes in twenty seconds. {"closed": …} says why
    somebody who opened the form may not change the story any more.
    """
    if closed := answer_if_closed(model_admin, request, story_id):
        return closed
    user = signed_in(request)
    if request.POST.get("gone"):
        with suppress(DatabaseError):
            Presence.objects.filter(article=story_id, user=user).delete()
        return JsonResponse({})
    with suppress(DatabaseError):
        Presence.objects.record(story_id, user, unsaved=bool(request.POST.get("unsaved")))
    here = list(Presence.objects.present().filter(article=story_id).select_related("user", "taken_by"))
    others = [one for one in here if one.user_id != user.pk]
    taken = [_describe_taken(one) for one in here if one.user_id == user.pk and one.taken_by]
    return JsonResponse(
        {
            "colleagues": [describe_presence(one) for one in others],
            "briefly": [_describe_briefly(one) for one in others],
            "taken": taken,
        }
    )


def take_over(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> JsonResponse:
    """Keep what the others who are here typed, each as a version of the story under their name; tell them.

    {"problem": …} where nothing can be stored.
    """
    model_admin.require_editable_story(request, story_id)
    story = model_admin.get_story(request, story_id)
    try:
        return _taken_over(request, story, model_admin.get_form(request, story, change=True))
    except DatabaseError as error:
        trouble = report_storage_error(request, error, "A story could not be taken over")
        return JsonResponse({"problem": trouble.words}, status=trouble.status)


@transaction.atomic
def _taken_over(request: HttpRequest, story: Article, form_class: type[ArticleForm]) -> JsonResponse:
    here = Presence.objects.present().filter(article=story).exclude(user=signed_in(request))
    people = [one.user for one in here.select_related("user")]
    kept = list(filter(None, (_keep_unsaved(request, story, person, form_class) for person in people)))
    Presence.objects.take_over(story.pk, signed_in(request))
    return JsonResponse(
        {
            "told": " ".join(
                _describe_take_over(person, any(one.saved_by_id == person.pk for one in kept)) for person in people
            ),
            "kept": [reverse("admin:articles_article_conflict", args=[story.pk, one.pk]) for one in kept],
        }
    )


def describe_presence(other: Presence) -> str:
    words = {"name": name_of(other.user), "time": format_moment_briefly(other.since)}
    if other.unsaved:
        return _("%(name)s has had this open since %(time)s, with unsaved changes.") % words
    return _("%(name)s has had this open since %(time)s.") % words


def _describe_briefly(other: Presence) -> str:
    """Return the same for a phone, whose head has one line for it."""
    words = {"name": name_of(other.user), "time": format_moment_briefly(other.since)}
    return (_("%(name)s, since %(time)s, unsaved") if other.unsaved else _("%(name)s, since %(time)s")) % words


def _keep_unsaved(request: HttpRequest, story: Article, person: User, form_class: type[ArticleForm]) -> Revision | None:
    """Keep what this person typed last and did not save as a version. Returns None when the story already has it."""
    autosave = Autosave.objects.for_user(story.pk, person).first()
    if autosave is None:
        return None
    form_class.user = person  # who typed it: with the rights of another, the form would drop a part
    form = form_class(autosaves.as_form_data(autosave), instance=copy(story))
    form.is_valid()
    content, newest = form.content(), form.story.newest_content
    if is_same_content(content, newest):
        return None
    note = _("Taken over by %(name)s") % {"name": name_of(signed_in(request))}
    version = parse_version(form.cleaned_data.get("version", "")) or form.story.version
    return form.story.keep_unsaved(person, Edit(content, version, note=note))


def _describe_take_over(person: User, kept: bool) -> str:
    words = {"name": name_of(person)}
    if kept:
        return _("%(name)s has been told that you took over; what %(name)s typed is kept in the history.") % words
    return _("%(name)s has been told that you took over.") % words


def _describe_taken(mine: Presence) -> str:
    return _(
        "%(name)s took over this story. What you typed is kept in its history, and will be merged when you save."
    ) % {"name": name_of(mine.taken_by)}
