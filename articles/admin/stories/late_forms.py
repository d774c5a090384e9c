"""Forms that arrive after their session has ended: no text is lost, and a save is repeated after the sign-in.

A signature in the form says whose text it is (form_owner.py); it is kept for that person. It is saved after they sign
in again only if it came from the browser in which they do, without a sign-out there; from any other it is kept apart,
and replaces nothing.
"""

from __future__ import annotations

import datetime
import hashlib
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.translation import gettext as _

from articles import clock
from articles.admin.stories import autosaves, form_owner
from articles.admin.stories.buttons import label_of_button, pressed_verb
from articles.admin.stories.form.filling import add_stored_times
from articles.admin.stories.form.handed_back import hand_back_text
from articles.admin.stories.form_owner import find_browser, find_owner
from articles.admin.stories.numbers import story_number
from articles.models import Article, Autosave
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

# Where a story's form is sent, with all that was typed.
FORMS = tuple(f"articles_article_{name}" for name in ("add", "change", "teaser_desk_new", "teaser_desk"))
RESEND_LIFETIME = datetime.timedelta(hours=1)  # within which a save without a session is repeated after the sign-in


def keep_late_text(admin_site: Any, pattern: URLPattern) -> URLPattern:
    """Wrap the view of a form, so that no text is lost when the session has ended, nor kept once it is saved."""
    view = pattern.callback

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        is_in = admin_site.has_permission(request)
        if request.method == "POST" and is_in and form_owner.is_of_somebody_else(request):
            return _keep_for_owner(request, admin_site, story_number(kwargs.get("object_id")))
        if request.method == "POST" and not is_in:
            story_id = story_number(kwargs.get("object_id"))
            if kept := store_without_session(request, story_id):
                messages.warning(request, _late_form_message(kept.pressed))
            elif find_owner(request, story_id):
                return hand_back_text(request, admin_site, None)
        response = view(request, *args, **kwargs)
        autosaves.tell_browser(request, response)
        if is_in and response.status_code == 200:
            form_owner.mark_browser(request, response)
        return response

    if pattern.name in FORMS:
        pattern.callback = keeping
    return pattern


def store_without_session(request: HttpRequest, story_id: int | None) -> Autosave | None:
    """Keep the text of a form that was sent after the session had ended, for the person who opened it.

    None where nothing proves who that is, and for a story that they may not change now. The signature also stands in
    for a CSRF token that a new sign-in has changed. `pressed` of the result is what the next one does, "" for nothing.
    """
    owner = find_owner(request, story_id)
    if owner is None or not _may_write(owner, story_id):
        return None
    if browser := find_browser(request, owner):
        return autosaves.store_for(request.POST, story_id, owner.pk, pressed_verb(request), browser)
    data = request.POST.copy()
    data["key"] = _key_apart(data.get("key", ""))
    return autosaves.store_for(data, story_id, owner.pk)


def _keep_for_owner(request: HttpRequest, admin_site: Any, story_id: int | None) -> HttpResponse:
    """Save nothing of a colleague's form as that of the person who is signed in now; keep it for the colleague."""
    if not store_without_session(request, story_id):
        return hand_back_text(request, admin_site, None)
    messages.warning(request, _("A colleague had opened this form. What it held is kept for them and was not saved."))
    return HttpResponseRedirect(request.path)


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
    data = add_stored_times(autosaves.as_form_data(sent), story or Article())
    data["_save"] = "1"
    request.FILES.clear()  # filled now, as for a GET: the first look at FILES would empty POST again
    request.method, request.POST = "POST", data  # type: ignore[assignment]
    if button := label_of_button(sent.pressed, story or Article(), signed_in(request)):
        words = {"button": button}
        messages.warning(request, _("Your session had ended when you pressed “%(button)s”: press it again.") % words)


def _key_apart(key: str) -> str:
    """Return the key under which text of this form is kept that another browser sent."""
    return hashlib.sha256(f"apart:{key}".encode()).hexdigest()[:32]


def _may_write(person: User, story_id: int | None) -> bool:
    if story_id is None:
        return bool(person.has_perm("articles.add_article"))
    return Article.objects.editable_by(person).filter(pk=story_id).exists()


def _late_form_message(pressed: str) -> str:
    """Return the message for somebody whose session had ended when they sent the form."""
    if pressed:
        return _("Your session had ended. Sign in, and what you typed will be saved.")
    return _("Your session had ended. Sign in, and what you typed will be waiting for you in the form.")
