"""Why somebody is signed out: told on the page of the sign-in, in the browsers where they were signed in.

What a browser knows of its session is replaced by the reason, so that nobody else learns it.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.models import User

SIGNED_OUT = "newsroom_signed_out"  # in a session: the reason
RIGHTS_CHANGED = "rights changed"
REASONS = {RIGHTS_CHANGED: _("Your rights on the desk were changed. Sign in again to work with the new ones.")}


def sign_out_for_new_rights(person: User) -> None:
    """End the sessions of this person: other rights begin with another session."""
    person.end_sessions()
    for row in UserSession.objects.filter(user=person):
        _replace_session(row.session_key, RIGHTS_CHANGED)
        row.delete()


def reason_of_sign_out(request: HttpRequest) -> str:
    """Return why somebody was signed out in this browser, in words; "" where nobody was."""
    return str(REASONS.get(request.session.get(SIGNED_OUT, ""), ""))


def _replace_session(key: str, reason: str) -> None:
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    session.clear()
    session[SIGNED_OUT] = reason
    with suppress(UpdateError):  # the person signed out meanwhile
        session.save()
