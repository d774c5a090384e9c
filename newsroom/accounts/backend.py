"""Who may sign in: the people who may use the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from newsroom.models import User


class StaffBackend(ModelBackend):
    """Knows only people who may use the desk: for everybody else a right password is a wrong one."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> User | None:
        """Return whom this user name or e-mail address (`email`) names; None when the password is wrong.

        That is one query and one password hashed, also for a name that nobody has.
        """
        names = {name.strip().lower() for name in (username, credentials.get("email")) if name}
        if not names or password is None:
            return None
        person = _find_person(names)
        if person is None:
            User().set_password(password)
            return None
        return person if person.check_password(password) and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user) and user.is_staff)


def _find_person(names: set[str]) -> User | None:
    """Return who has one of these as the address, else as the user name; None where two user names differ in case."""
    named = Q(email__in=names)
    for name in names:
        named |= Q(username__iexact=name)
    found = User.objects.filter(named)
    by_address = [person for person in found if person.email in names]
    by_name = [person for person in found if person.username.lower() in names]
    if by_address:
        return by_address[0]
    return by_name[0] if len(by_name) == 1 else None
