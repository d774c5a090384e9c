"""Links of mails, by which a person without a password, or who has forgotten it, chooses one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class StaffTokenGenerator(PasswordResetTokenGenerator):
    """Django's own: a link ends with another password or address, and with a sign-in. It asks the database nothing."""

    def check_token(self, user: Any, token: str | None) -> bool:
        """Return whether the link still works: never for somebody who does not work here any more."""
        return bool(user and user.is_active and user.is_staff and super().check_token(user, token))
