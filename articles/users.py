"""Who is signed in, and the type of such people: the model that the project sets as AUTH_USER_MODEL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.contrib.auth.models import _User as User
    from django.http import HttpRequest

    __all__ = ["User", "signed_in"]


def signed_in(request: HttpRequest) -> User:
    """Return the person who is signed in, as on every page of the desk. Raises PermissionDenied for anybody else."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
