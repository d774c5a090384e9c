"""Signatures of who opened a story's form, and in which browser, for forms that arrive after their session has ended.

The form carries a signature, the browser a cookie. Both are bound to the session's authentication hash, so that a new
password ends them; the signature is good for one opening of one story's form. The cookie holds a random id, which the
server forgets when somebody signs out there: a copy of the cookie is good no longer than the cookie itself.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, TimestampSigner
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import FormBrowser
from articles.models.form_browser import LIFETIME as BROWSER_LIFETIME
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

SALT = "articles.admin.stories.form_owner"
COOKIE = "form_owner"
BROWSER = "id of the browser"  # what the cookie is signed for
MAX_AGE = BROWSER_LIFETIME  # since the form was opened


def sign_form(user: User, story_id: int | None, key: str) -> str:
    """Return what the form with this key says of who opened it: “id:time:signature”."""
    return _signer(user, f"{story_id}:{key}").sign(str(user.pk))


def find_owner(request: HttpRequest, story_id: int | None) -> User | None:
    """Return the active colleague who opened the form that is sent now; None when nothing proves it."""
    text, key = request.POST.get("whose", ""), request.POST.get("key", "")
    number = text.partition(":")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    user = get_user_model().objects.filter(pk=number, is_active=True, is_staff=True).first()
    return user if user and _signed(text, user, f"{story_id}:{key}") == number else None


def is_of_somebody_else(request: HttpRequest) -> bool:
    """Return whether the form or the autosave that is sent now names another person than the one who is signed in."""
    named = request.headers.get("X-Form-Owner") or request.POST.get("whose", "").partition(":")[0]
    return bool(named) and named != str(request.user.pk)


def find_browser(request: HttpRequest, owner: User) -> uuid.UUID | None:
    """Return the id of this browser if this person opened a form in it and nobody has signed out or in there since."""
    number = _signed(request.COOKIES.get(COOKIE, ""), owner, BROWSER)
    if not number or (request.user.is_authenticated and request.user.pk != owner.pk):
        return None
    return FormBrowser.objects.alive().filter(pk=number, user=owner).values_list("pk", flat=True).first()


def mark_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Remember in the browser who opened a form there; not while the database takes no changes."""
    user = signed_in(request)
    with suppress(DatabaseError):
        if find_browser(request, user):
            return
        _forget(request)
        _set_cookie(response, _signer(user, BROWSER).sign(str(FormBrowser.objects.create(user=user).pk)))


def forget_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Stop saving late text from this browser automatically, also where its cookie was copied."""
    _forget(request)
    response.delete_cookie(COOKIE, path=reverse("admin:index"), samesite="Lax")


def _forget(request: HttpRequest) -> None:
    """Forget the id in the cookie. Nobody else knows it: it needs no signature here."""
    with suppress(ValueError):
        FormBrowser.objects.filter(pk=uuid.UUID(request.COOKIES.get(COOKIE, "").partition(":")[0])).delete()


def _set_cookie(response: HttpResponse, text: str) -> None:
    response.set_cookie(
        COOKIE,
        text,
        max_age=MAX_AGE,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _signed(text: str, user: User, purpose: str) -> str:
    """Return what was signed for this person and purpose; "" for anything else."""
    try:
        return _signer(user, purpose).unsign(text, max_age=MAX_AGE)
    except BadSignature:
        return ""


def _signer(user: User, purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"{SALT}:{user.get_session_auth_hash()}:{purpose}")
