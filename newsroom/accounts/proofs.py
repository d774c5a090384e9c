"""How recently the person in this browser has shown who they are: by signing in, or once more since then."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from articles.users import signed_in

# By django-allauth's names. An account elsewhere is not among them: its provider may have asked for nothing.
PROOFS = {"password", "password_reset", "mfa"}
PROVED_ELSEWHERE = "newsroom_proved_elsewhere"  # in a session: who signed in at the provider once more, and when


def has_recent_proof(request: HttpRequest) -> bool:
    """Return whether this person showed minutes ago who they are, by a password, second factor or the like."""
    person = signed_in(request)
    moments = [one["at"] for one in get_authentication_records(request, person) if one["method"] in PROOFS]
    proved = request.session.get(PROVED_ELSEWHERE)
    if proved and proved["person"] == person.pk:
        moments.append(proved["at"])
    return any(is_recent(moment) for moment in moments)


def note_proof_elsewhere(request: HttpRequest) -> None:
    """Remember that the person who is signed in here has just signed in at the provider once more."""
    request.session[PROVED_ELSEWHERE] = {"person": signed_in(request).pk, "at": time.time()}


def is_recent(moment: object) -> bool:
    """Return whether this time, in seconds since 1970, is a few minutes ago; False for what is no number."""
    if isinstance(moment, bool) or not isinstance(moment, int | float):
        return False
    return abs(time.time() - moment) < app_settings.REAUTHENTICATION_TIMEOUT
