"""Recognises requests of staff, so that an invented session cookie gets nothing that is reserved for them."""

from __future__ import annotations

import time
from collections import OrderedDict
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user

from newsroom.connection import query_with_reconnect
from newsroom.environ import Environ, request_of

TRUSTED_SECONDS = 60.0  # seconds for which a session is remembered
MAX_SESSIONS = 1000  # sessions that are remembered


class StaffSessions:
    """The sessions that this process has recently seen to belong to staff."""

    def __init__(self) -> None:
        self._seen_at: OrderedDict[str, float] = OrderedDict()  # monotonic seconds, by session key, the oldest first

    def is_known(self, environ: Environ) -> bool:
        """Return whether this is known without asking the database."""
        return time.monotonic() - self._seen_at.get(session_key(environ), -TRUSTED_SECONDS) < TRUSTED_SECONDS

    def check(self, environ: Environ) -> bool:
        """Ask the database whether this request belongs to staff, and remember only that it does."""
        key = session_key(environ)
        if not is_staff(environ):
            self._seen_at.pop(key, None)
            return False
        self._seen_at[key] = time.monotonic()
        self._seen_at.move_to_end(key)
        if len(self._seen_at) > MAX_SESSIONS:
            self._seen_at.popitem(last=False)
        return True


def is_staff(environ: Environ) -> bool:
    """Return whether this request belongs to somebody who is signed in and may use the desk."""
    key = session_key(environ)
    if not key:
        return False
    request = request_of(environ)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user: Any = query_with_reconnect(lambda: get_user(request))
    return bool(user.is_active and user.is_staff)


def session_key(environ: Environ) -> str:
    """Return what a browser sends as its session, which may be invented; "" for nothing."""
    return request_of(environ).COOKIES.get(settings.SESSION_COOKIE_NAME, "")
