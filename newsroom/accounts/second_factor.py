"""The second factor of signing in: how its secrets are kept, and who must have one."""

from __future__ import annotations

import base64
import logging
import secrets
from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from articles.models import Role
from newsroom.accounts.browsers import describe_browser
from newsroom.accounts.messages import FACTOR_ERRORS
from newsroom.models import User
from newsroom.url_kinds import is_account_page, is_desk

logger = logging.getLogger(__name__)

BY_PROVIDER = "newsroom_by_provider"  # in a session: whether the provider replaced the password
EVERYBODY = "all"  # in REQUIRE_SECOND_FACTOR, in place of roles
PATHS_WITHOUT_SECOND_FACTOR = {"/admin/logout/", "/admin/session/", "/admin/jsi18n/"}


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and the recovery codes encrypted: a copy of the database tells none."""

    error_messages = DefaultMFAAdapter.error_messages | FACTOR_ERRORS

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last one of somebody who must have one; recovery codes alone are none."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        is_last = not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return not (is_last and needs_second_factor(authenticator.user))

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """Return what a new passkey is called unless the person writes something else: where it is made."""
        return describe_browser(context.request.headers.get("User-Agent", ""))

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; after another SECRET_KEY took the place of its own, one that nobody knows."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("A second factor was stored under another SECRET_KEY: its owner has to add a new one")
            return base64.b32encode(secrets.token_bytes(20)).decode()


class SecondFactorMiddleware:
    """Leads those who must have a second factor and have none to the page where they add it, from every other one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.REQUIRE_SECOND_FACTOR or not is_desk(request) or _is_open(request):
            return self.get_response(request)
        if has_factor_elsewhere(request) or not lacks_second_factor(request.user):
            return self.get_response(request)
        messages.warning(request, _("Your newsroom asks you for a second factor before you go on."))
        return redirect("mfa_index")


def has_factor_elsewhere(request: HttpRequest) -> bool:
    """Return whether this sign-in came by the provider, and the operator says that it asks for a second factor."""
    return bool(settings.OIDC_SECOND_FACTOR and request.session.get(BY_PROVIDER))


def lacks_second_factor(person: Any) -> bool:
    """Return whether this person must have a second factor and has none. Two queries at most."""
    return needs_second_factor(person) and not is_mfa_enabled(person)


def needs_second_factor(person: User) -> bool:
    """Return whether REQUIRE_SECOND_FACTOR names everybody, or a role of this person; administrators are in all."""
    required = settings.REQUIRE_SECOND_FACTOR
    if EVERYBODY in required or (person.is_superuser and required):
        return True
    return Role.objects.filter(pk__in=required, group__user=person).exists()


def _is_open(request: HttpRequest) -> bool:
    """Return whether this page is for those without a second factor: strangers, or to add one or to leave."""
    return (
        not request.user.is_authenticated
        or is_account_page(request)
        or request.path_info in PATHS_WITHOUT_SECOND_FACTOR
    )


def _cipher() -> MultiFernet:
    """Return what encrypts with SECRET_KEY, and decrypts with its predecessors too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_fernet_key(key)) for key in keys])


def _fernet_key(key: str | bytes) -> bytes:
    """Return a key for this purpose alone, made from the SECRET_KEY."""
    digest = salted_hmac("newsroom.accounts.second_factor", "", key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
