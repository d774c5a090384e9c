"""Who opened a story's form, and in which browser: what a form is believed that arrives after its login has ended.

The form carries a signature, the browser a cookie. Both are bound to the session's authentication hash, so that a new
password ends them; the signature is good for one opening of one story's form, the cookie until somebody signs out.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

SALT = "articles.admin.form_owner"
COOKIE = "form_owner"
MAX_AGE = datetime.timedelta(days=14)  # since the form was opened


def signature(user: Any, story_id: int | None, key: str) -> str:
    """Return what the form with this key says of who opened it: “id:time:signature”."""
    return _signed(user, f"{story_id}:{key}")


def owner_of(request: HttpRequest, story_id: int | None) -> Any:
    """Return the active colleague who opened the form that is sent now; None when nothing proves it."""
    text, key = request.POST.get("whose", ""), request.POST.get("key", "")
    number = text.partition(":")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    user = get_user_model().objects.filter(pk=number, is_active=True, is_staff=True).first()
    return user if user and _is_signed(text, user, f"{story_id}:{key}") else None


def is_owners_browser(request: HttpRequest, owner: Any) -> bool:
    """Whether this person opened a form in this browser and nobody has signed out or in there since."""
    user: Any = request.user
    is_another = user.is_authenticated and user.pk != owner.pk
    return not is_another and _is_signed(request.COOKIES.get(COOKIE, ""), owner, "browser")


def mark_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Remember in the browser who opened a form there."""
    response.set_cookie(
        COOKIE,
        _signed(request.user, "browser"),
        max_age=MAX_AGE,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_browser(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=reverse("admin:index"), samesite="Lax")


def _signed(user: Any, purpose: str) -> str:
    return _signer(user, purpose).sign(str(user.pk))


def _is_signed(text: str, user: Any, purpose: str) -> bool:
    try:
        return _signer(user, purpose).unsign(text, max_age=MAX_AGE) == str(user.pk)
    except BadSignature:
        return False


def _signer(user: Any, purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"{SALT}:{user.get_session_auth_hash()}:{purpose}")
