"""One login for each role of the demo newsroom, for a developer's machine only."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac

from articles.roles import EDITOR, REPORTER, TAG_STAFF


@dataclass(frozen=True)
class DemoLogin:
    username: str
    first_name: str
    last_name: str
    role: str

    @property
    def password(self) -> str:
        """Made from SECRET_KEY: always the same here, and unknown to whoever meets this database elsewhere."""
        digest = salted_hmac("articles.importers.demo_logins", self.username, algorithm="sha256").digest()
        return base64.b32encode(digest).decode().lower()[:12]

    def works(self) -> bool:
        """Whether a person still signs in with it."""
        user = get_user_model().objects.filter(username=self.username, is_active=True).first()
        return user is not None and user.check_password(self.password)


LOGINS = (
    DemoLogin("awa", "Awa", "Ndiaye", EDITOR),
    DemoLogin("moutiou", "Moutiou", "Adjibi Nourou", REPORTER),
    DemoLogin("koffi", "Koffi", "Mensah", TAG_STAFF),
)


def create_logins() -> dict[str, User]:
    """Username → login, made where missing. Raises ImproperlyConfigured unless DEBUG is on."""
    if not settings.DEBUG:
        raise ImproperlyConfigured(
            "The demo newsroom has logins whose passwords are printed: load it with DEBUG=1 only."
        )
    users = {}
    for login in LOGINS:
        user, created = get_user_model().objects.get_or_create(
            username=login.username,
            defaults={"first_name": login.first_name, "last_name": login.last_name, "is_staff": True},
        )
        if created:
            user.set_password(login.password)
            user.save()
            user.groups.add(Group.objects.get(name=login.role))
        users[login.username] = user
    return users
