"""Remembers in which browsers a person has signed in: there, the guesses of strangers make nobody wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from newsroom.models import User
from newsroom.url_kinds import DESK

BROWSER_COOKIE = "newsroom_browser"
BROWSER_KNOWN_SECONDS = 365 * 24 * 60 * 60  # seconds
MAX_PEOPLE = 20  # of one browser
BROWSER_SALT = "newsroom.accounts.known_browsers"


@dataclass(frozen=True)
class Browser:
    """A browser as its signed cookie describes it: a random name, and the ids of the people who signed in with it."""

    name: str
    people: tuple[int, ...]


def remember_browser(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Let this browser be known as one of the person’s for a year."""
    browser = known_browser(request) or Browser(get_random_string(22), ())
    people = [*(pk for pk in browser.people if pk != person.pk), person.pk][-MAX_PEOPLE:]
    response.set_cookie(
        BROWSER_COOKIE,
        signing.dumps({"name": browser.name, "people": people}, salt=BROWSER_SALT),
        max_age=BROWSER_KNOWN_SECONDS,
        path=DESK,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_browser(request: HttpRequest) -> Browser | None:
    """Return this browser as its cookie says; None where nobody has signed in."""
    try:
        content = signing.loads(
            request.COOKIES.get(BROWSER_COOKIE, ""), salt=BROWSER_SALT, max_age=BROWSER_KNOWN_SECONDS
        )
        return Browser(content["name"], tuple(content["people"]))
    except (signing.BadSignature, KeyError, TypeError):
        return None
