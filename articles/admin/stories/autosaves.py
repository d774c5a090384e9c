"""Text that somebody typed and did not save: kept while they write, offered when they come back, theirs alone."""

from __future__ import annotations

import datetime
import json
import re
import secrets
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.storage_errors import report_storage_error
from articles.admin.stories import form_owner
from articles.admin.stories.closed_stories import answer_if_closed
from articles.admin.stories.form.filling import KeptData
from articles.admin.stories.form.proposals import PROPOSALS_FIELD
from articles.admin.stories.form.unseen import UNSEEN_FIELD
from articles.admin.stories.history import list_changes
from articles.admin.stories.numbers import parse_version
from articles.admin.stories.request_state import story_request_state
from articles.characters import SURROGATE
from articles.models import Article, Autosave
from articles.models.content import FIELDS, clean_content
from articles.states import format_moment_briefly
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin

TYPED_FIELDS = frozenset((*FIELDS, "note"))  # never times
AUTOSAVED_FIELDS = (*TYPED_FIELDS, "version", "key", UNSEEN_FIELD, PROPOSALS_FIELD)
MAX_OFFERED = 5  # at once
SAVED_FORM_LIFETIME = datetime.timedelta(hours=1)  # until the browser has read which form is saved


def autosave_new_story(model_admin: ArticleAdmin, request: HttpRequest) -> HttpResponse:
    """Store the text of a story that is not saved yet."""
    model_admin.require_add_permission(request)
    return _store_autosave(request, None)


def autosave_story(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    return answer_if_closed(model_admin, request, story_id) or _store_autosave(request, story_id)


def store_for(
    data: QueryDict, story_id: int | None, user_id: Any, pressed: str = "", browser: uuid.UUID | None = None
) -> Autosave:
    """Keep what this person typed into the form. Times are not among it."""
    posted = {
        name: data.getlist(name) for name in AUTOSAVED_FIELDS if name in data or name in TYPED_FIELDS
    }  # a browser sends no empty ones
    typed = {name: [value.replace("\0", "") for value in values] for name, values in posted.items()}
    return Autosave.objects.keep(story_id, user_id, typed.get("key", [""])[-1][:32], typed, pressed, browser)


def list_autosaves(request: HttpRequest, story_id: int | None) -> list[Autosave]:
    """Return what this person typed into other openings of this form and did not save, newest first."""
    mine = Autosave.objects.for_user(story_id, signed_in(request)).readable_by(signed_in(request))
    if key := request.POST.get("key", "").replace("\0", ""):
        mine = mine.exclude(key=key)
    return list(mine[:MAX_OFFERED])


def drop_saved(kept: list[Autosave], unsaved_fields: Callable[[QueryDict], set[str]]) -> list[Autosave]:
    """Return the autosaves that hold something that the story does not, and delete the others.

    One with a field that this version of the newsroom does not know stays for the version that does.
    """
    saved = [
        autosave
        for autosave in kept
        if autosave.typed.keys() <= set(AUTOSAVED_FIELDS) and not unsaved_fields(as_form_data(autosave)) & TYPED_FIELDS
    ]
    for autosave in saved:
        with suppress(DatabaseError):  # where nothing can be written, it is only not offered
            Autosave.objects.filter(pk=autosave.pk, saved_at=autosave.saved_at).delete()
    return [autosave for autosave in kept if autosave not in saved]


def requested_autosave(request: HttpRequest, kept: list[Autosave]) -> Autosave | None:
    """Return the autosave that ?typed= asks to have in the form."""
    number = parse_version(request.GET.get("typed", ""))
    return next((autosave for autosave in kept if autosave.pk == number), None)


def as_form_data(autosave: Autosave) -> KeptData:
    """Return the autosave as the browser would have sent it."""
    data = KeptData(mutable=True)
    for name, values in autosave.typed.items():
        data.setlist(name, values)
    return data


def show_autosave(model_admin: ArticleAdmin, request: HttpRequest, autosave_id: int) -> HttpResponse:
    """Show what the autosave would change in the story; discard it with POST."""
    model_admin.require_writer(request)
    autosave = _get_own_autosave(request, autosave_id)
    if request.method == "POST":
        autosave.delete()
        return HttpResponseRedirect(_form_of(autosave))
    story = autosave.article or Article()
    form_class = model_admin.get_form(request)  # with every field, also where they may only read the story now
    form = form_class(as_form_data(autosave), instance=story)
    form.is_valid()
    may_change = model_admin.has_change_permission(request, autosave.article)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What you typed and did not save"),
        "story": autosave.article,
        "opts": Article._meta,
        "when": autosave.saved_at,
        "changes": list_changes(form.story.newest_content, clean_content(form.content()), signed_in(request)),
        "back": f"{_form_of(autosave)}?typed={autosave.pk}" if may_change else "",
    }
    return TemplateResponse(request, "admin/articles/article/autosave.html", context)


def _get_own_autosave(request: HttpRequest, autosave_id: int) -> Autosave:
    """Return this person's autosave. Raises Http404 for a colleague's, or when its story may not be opened now."""
    mine = Autosave.objects.readable_by(signed_in(request)).select_related("article")
    return get_object_or_404(mine, pk=autosave_id)


def delete_autosave(request: HttpRequest) -> None:
    """Delete the autosave of this form, whose text is now saved or kept as a version of the story."""
    key = request.POST.get("key", "").replace("\0", "")
    Autosave.objects.filter(user=signed_in(request), key=key).delete()
    story_request_state(request).saved_key = key


def tell_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the browser that it need not keep this form's text any longer: static/desk/autosave.js reads the cookie."""
    key = story_request_state(request).saved_key
    if re.fullmatch("[0-9a-f]{1,32}", key):
        secure = settings.SESSION_COOKIE_SECURE
        path = reverse("admin:index")
        response.set_cookie("saved_form", key, max_age=SAVED_FORM_LIFETIME, path=path, secure=secure, samesite="Lax")


def new_key() -> str:
    return secrets.token_hex(8)


def _store_autosave(request: HttpRequest, story_id: int | None) -> HttpResponse:
    """Keep the form's fields, sent as JSON [[name, value], …]. Answers {"problem": …} where nothing can be stored."""
    data = QueryDict(mutable=True)
    for name, value in _read_pairs(request):
        data.appendlist(name, value)
    if form_owner.is_of_somebody_else(request):
        return JsonResponse({"problem": _("Somebody else is signed in here now.")}, status=409)
    try:
        kept = store_for(data, story_id, request.user.pk)
    except DatabaseError as error:
        trouble = report_storage_error(request, error, "An autosave could not be stored")
        return JsonResponse({"problem": trouble.words}, status=trouble.status)
    return JsonResponse({"saved": format_moment_briefly(kept.saved_at)})


def _read_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the names and values that were sent. Raises BadRequest for anything else."""
    try:
        pairs = [(_readable(name), _readable(value)) for name, value in json.loads(request.body)]
    except (ValueError, TypeError) as error:
        raise BadRequest("no names and values") from error
    return pairs


def _readable(text: Any) -> str:
    """Replace halves of characters, which JSON can hold and no database takes. Raises TypeError for what is no text."""
    return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _form_of(autosave: Autosave) -> str:
    if autosave.article_id is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[autosave.article_id])
