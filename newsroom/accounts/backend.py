"""Who may sign in: the people who may use the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
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
        names = [name for name in (username, credentials.get("email")) if name]
        if not names or password is None:
            return None
        person = User.objects.find_by_name(*names)
        if person is None:
            User().set_password(password)
            return None
        return person if person.check_password(password) and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user) and user.is_staff)
