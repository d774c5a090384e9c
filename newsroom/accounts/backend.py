"""Who may sign in: the people who may use the desk."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class StaffBackend(AuthenticationBackend):
    """Knows only people who may use the desk: for everybody else a right password is a wrong one."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person; None for a wrong password, after the same work as for a name that nobody has."""
        if credentials.get("email") == credentials.get("username"):
            credentials.pop("email", None)  # a user name is tried as an address, too: not twice
        user = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()  # or django-allauth tells who is inactive that the password is right
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user) and user.is_staff)
