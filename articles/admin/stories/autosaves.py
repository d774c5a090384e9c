"""Text that somebody typed and did not save: kept while they write, offered when they come back, theirs alone.

When a session has ended in the middle of writing, a signature in the form says whose text it is (form_owner.py); it is
kept for that person. It is saved after they sign in again only if it came from the browser in which they do, without a
sign-out there; from any other it is kept apart, and replaces nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import re
import secrets
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import clock
from articles.admin.storage_errors import find_storage_error
from articles.admin.stories.buttons import label_of_button
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.form.filling import KeptData, add_stored_times
from articles.admin.stories.form.unseen import UNSEEN
from articles.admin.stories.form_owner import find_browser, find_owner
from articles.admin.stories.history import list_changes
from articles.admin.stories.numbers import parse_version
from articles.characters import SURROGATE
from articles.models import Article, Autosave
from articles.models.content import FIELDS, clean_content
from articles.states import format_moment_briefly
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

TYPED_FIELDS = frozenset((*FIELDS, "note"))  # never times
AUTOSAVED_FIELDS = (*TYPED_FIELDS, "version", "key", UNSEEN)
MAX_OFFERED = 5  # at once
SAVED_FORM_LIFETIME = datetime.timedelta(hours=1)  # until the browser has read which form is saved
RESEND_LIFETIME = datetime.timedelta(hours=1)  # within which a save without a session is repeated after the sign-in

logger = logging.getLogger(__name__)


def store_autosave(request: HttpRequest, story_id: int | None) -> HttpResponse:
    """Keep the form's fields, sent as JSON [[name, value], …]. Answers {"problem": …} where nothing can be stored."""
    data = QueryDict(mutable=True)
    for name, value in _read_pairs(request):
        data.appendlist(name, value)
    try:
        kept = _store_for(data, story_id, request.user.pk)
    except DatabaseError as error:
        trouble = find_storage_error(error)
        if trouble is None:
            raise
        logger.exception("An autosave could not be stored")
        return JsonResponse({"problem": trouble.words}, status=trouble.status)
    return JsonResponse({"saved": format_moment_briefly(kept.saved_at)})


def store_without_session(request: HttpRequest, story_id: int | None) -> Autosave | None:
    """Keep the text of a form that was sent after the session had ended, for the person who opened it.

    None where nothing proves who that is, and for a story that they may not change now. The signature also stands in
    for a CSRF token that a new sign-in has changed. `pressed` of the result is what the next one does, "" for nothing.
    """
    owner = find_owner(request, story_id)
    if owner is None or not _may_write(owner, story_id):
        return None
    if browser := find_browser(request, owner):
        return _store_for(request.POST, story_id, owner.pk, pressed_verb(request), browser)
    data = request.POST.copy()
    data["key"] = _key_apart(data.get("key", ""))
    return _store_for(data, story_id, owner.pk)


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


def take_resent(request: HttpRequest, kept: list[Autosave]) -> Autosave | None:
    """Return the autosave that this browser sent after the session had ended and that is saved now, once; else None."""
    since = clock.now() - RESEND_LIFETIME
    late = [autosave for autosave in kept if autosave.pressed and autosave.saved_at > since]
    browser = find_browser(request, signed_in(request)) if late else None
    sent = next((autosave for autosave in late if browser and autosave.browser == browser), None)
    if sent and Autosave.objects.filter(pk=sent.pk).exclude(pressed="").update(pressed=""):
        return sent
    return None


def resend(request: HttpRequest, sent: Autosave, story: Article | None) -> None:
    """Turn this request into that without a session. A button that readers would notice waits for a second press."""
    data = add_stored_times(as_form_data(sent), story or Article())
    data["_save"] = "1"
    request.FILES.clear()  # filled now, as for a GET: the first look at FILES would empty POST again
    request.method, request.POST = "POST", data  # type: ignore[assignment]
    if button := label_of_button(sent.pressed, story or Article(), signed_in(request)):
        words = {"button": button}
        messages.warning(request, _("Your session had ended when you pressed “%(button)s”: press it again.") % words)


def pressed_verb(request: HttpRequest) -> str:
    """Return the verb of the pressed button: “save” without one, as with Enter; "" for a move at the teaser desk."""
    verb = next((name[1:32] for name in request.POST if name.startswith("_")), "")
    return verb or ("" if "move" in request.POST else "save")


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


def show_autosave(
    request: HttpRequest, admin_site: Any, form_class: type[ArticleForm], autosave: Autosave, *, may_change: bool
) -> HttpResponse:
    """Show what the autosave would change in the story; discard it with POST."""
    if request.method == "POST":
        autosave.delete()
        return HttpResponseRedirect(_form_of(autosave))
    story = autosave.article or Article()
    form = form_class(as_form_data(autosave), instance=story)
    form.is_valid()
    context = {
        **admin_site.each_context(request),
        "title": _("What you typed and did not save"),
        "story": autosave.article,
        "opts": Article._meta,
        "when": autosave.saved_at,
        "changes": list_changes(form.story.newest_content, clean_content(form.content()), signed_in(request)),
        "back": f"{_form_of(autosave)}?typed={autosave.pk}" if may_change else "",
    }
    return TemplateResponse(request, "admin/articles/article/autosave.html", context)


def get_own_autosave(request: HttpRequest, autosave_id: int) -> Autosave:
    """Return this person's autosave. Raises Http404 for a colleague's, or when its story may not be opened now."""
    mine = Autosave.objects.readable_by(signed_in(request)).select_related("article")
    return get_object_or_404(mine, pk=autosave_id)


def delete_autosave(request: HttpRequest) -> None:
    """Delete the autosave of this form, whose text is now saved or kept as a version of the story."""
    key = request.POST.get("key", "").replace("\0", "")
    Autosave.objects.filter(user=signed_in(request), key=key).delete()
    request.saved_key = key  # type: ignore[attr-defined]


def tell_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the browser that it need not keep this form's text any longer: static/desk/autosave.js reads the cookie."""
    key = getattr(request, "saved_key", "")
    if re.fullmatch("[0-9a-f]{1,32}", key):
        secure = settings.SESSION_COOKIE_SECURE
        path = reverse("admin:index")
        response.set_cookie("saved_form", key, max_age=SAVED_FORM_LIFETIME, path=path, secure=secure, samesite="Lax")


def new_key() -> str:
    return secrets.token_hex(8)


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


def _key_apart(key: str) -> str:
    """Return the key under which text of this form is kept that another browser sent."""
    return hashlib.sha256(f"apart:{key}".encode()).hexdigest()[:32]


def _store_for(
    data: QueryDict, story_id: int | None, user_id: Any, pressed: str = "", browser: uuid.UUID | None = None
) -> Autosave:
    posted = {
        name: data.getlist(name) for name in AUTOSAVED_FIELDS if name in data or name in TYPED_FIELDS
    }  # a browser sends no empty ones
    typed = {name: [value.replace("\0", "") for value in values] for name, values in posted.items()}
    return Autosave.objects.keep(story_id, user_id, typed.get("key", [""])[-1][:32], typed, pressed, browser)


def _may_write(person: User, story_id: int | None) -> bool:
    if story_id is None:
        return bool(person.has_perm("articles.add_article"))
    return Article.objects.editable_by(person).filter(pk=story_id).exists()


def _form_of(autosave: Autosave) -> str:
    if autosave.article_id is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[autosave.article_id])
