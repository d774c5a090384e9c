"""One login for each role of the demo newsroom, made on a developer's machine as long as it has no login."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.crypto import salted_hmac

from articles.roles import CHIEF_EDITOR, EDITOR, REPORTER, TAG_STAFF


@dataclass(frozen=True)
class DemoLogin:
    username: str
    first_name: str
    last_name: str
    role: str

    @property
    def password(self) -> str:
        """Return a password made from SECRET_KEY: always the same here, and unknown to anyone who gets this database
        elsewhere.
        """
        digest = salted_hmac("demo.logins", self.username, algorithm="sha256").digest()
        return base64.b32encode(digest).decode().lower()[:12]

    def works(self) -> bool:
        """Return whether a person can still sign in with it."""
        user = get_user_model().objects.filter(username=self.username, is_active=True).first()
        return user is not None and user.check_password(self.password)


LOGINS = (
    DemoLogin("awa", "Awa", "Ndiaye", EDITOR),
    DemoLogin("moutiou", "Moutiou", "Adjibi Nourou", REPORTER),
    DemoLogin("koffi", "Koffi", "Mensah", TAG_STAFF),
    DemoLogin("fatou", "Fatou", "Sow", CHIEF_EDITOR),
)


def create_logins() -> dict[str, Any]:
    """Return username → login, made just now; empty in production and where anybody has a login already.

    Their passwords are printed: who tries the demo in production must not get known staff logins by it.
    """
    if not settings.DEBUG or get_user_model().objects.exists():
        return {}
    return {login.username: create_login(login) for login in LOGINS}


def create_login(login: DemoLogin) -> Any:
    user = get_user_model().objects.create_user(
        login.username,
        password=login.password,
        first_name=login.first_name,
        last_name=login.last_name,
        is_staff=True,
    )
    user.groups.add(Group.objects.get(name=login.role))
    return user
