"""How django-allauth signs people in: by what attempts are counted, and what its mails say."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.states import describe_moment, name_of
from articles.time_zones import find_zone
from articles.users import signed_in
from newsroom.accounts.background import send_in_background
from newsroom.accounts.guesses import count_password
from newsroom.accounts.known_browsers import remember_browser
from newsroom.accounts.messages import ERRORS, MESSAGES, NOTIFICATIONS, SIGN_IN_AGAIN
from newsroom.accounts.proofs import has_recent_proof
from newsroom.accounts.second_factor import BY_PROVIDER, has_factor_elsewhere
from newsroom.accounts.signed_out import SIGNED_OUT
from newsroom.models import User
from newsroom.preferences import language_of_user
from newsroom.visitor import network_of, visitor_address

UNKNOWN_ADDRESS = "an unknown address"
BEGUN_WITH = "newsroom_sign_in"  # in a session: what the password and the sessions were when the sign-in began
SECOND_FACTOR_STAGE = "allauth.mfa.stages.AuthenticateStage"
WAITING_REQUEST = "account_reauthentication_state"  # django-allauth's: what is done once the password was typed again
LINK_DAYS = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address whose network attempts are counted by: django-allauth takes a /64 of IPv6 as one.

        Where nobody says it, every request has one of its own, of those that RFC 3849 keeps for examples: a limit that
        all strangers shared would lock out the newsroom. Attempts are then counted by name alone.
        """
        return str(visitor_address(request) or f"2001:db8:{secrets.randbits(16):x}:{secrets.randbits(16):x}::")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts for a name by the network that they come from, so that no stranger can lock a person out."""
        return f"{network_of(visitor_address(request))} {_typed_name(credentials)}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Take back no count when a password was replaced: the person is signed in, and a network has other guesses."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this attempt, in its network and then in all; raise ValidationError when there were too many."""
        super().pre_authenticate(request, **credentials)
        in_all_networks = count_password(request, _typed_name(credentials))
        if not in_all_networks:
            raise self.validation_error("account_waits")
        self._login_failed_rl_usage.usage += in_all_networks.usage  # both are taken back when the password is right

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        logger.warning("Sign-in failed from %s", visitor_address(request) or UNKNOWN_ADDRESS)

    def pre_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse | None:
        request.session[BEGUN_WITH] = user.get_session_auth_hash()
        request.session[BY_PROVIDER] = "sociallogin" in (details.get("signal_kwargs") or {})
        response: HttpResponse | None = super().pre_login(request, user, **details)
        return response

    def get_login_stages(self) -> list[str]:
        """Leave the second factor out where the provider has asked for it."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if stage != SECOND_FACTOR_STAGE or not has_factor_elsewhere(self.request)]

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign somebody in whose password is still the one that this sign-in began with, and who was not signed out."""
        if not constant_time_compare(request.session.pop(BEGUN_WITH, ""), user.get_session_auth_hash()):
            request.session.flush()
            messages.error(request, SIGN_IN_AGAIN)
            raise ImmediateHttpResponse(redirect("account_login"))
        request.session.pop(WAITING_REQUEST, None)  # whoever sent it, it was somebody else
        request.session.pop(SIGNED_OUT, None)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        remember_browser(request, response, user)
        return response

    def set_password(self, user: Any, password: str) -> None:
        """Store it; who had none chose it by the link of an invitation, and nobody else’s was replaced."""
        user.chose_first_password = not user.has_usable_password()
        super().set_password(user, password)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Take a new address only from the person who is signed in: somebody else may have asked for the link."""
        return request.user == email_address.user and bool(super().confirm_email(request, email_address))

    def is_safe_url(self, url: str) -> bool:
        """Return whether this leads to a page of this site; django-allauth's own would keep every address in memory."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody who signed in, or was asked, a few minutes ago.

        What waited for the password before is dropped: it was sent by somebody who did not know it.
        """
        self.request.session.pop(WAITING_REQUEST, None)
        return bool(super().is_reauthentication_required(app=app, **kwargs) and not has_recent_proof(self.request))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the pages that ask once more; those who have neither password nor second factor sign in elsewhere."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        return [{"id": "provider_again", "description": settings.OIDC_NAME, "url": reverse("provider_again")}]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if message_template is None:
            super().add_message(request, level, extra_tags=extra_tags, message=message)
        elif message_template in MESSAGES:
            messages.add_message(request, level, MESSAGES[message_template] % (message_context or {}), extra_tags)

    # Mail. A visitor chooses the Host header, and so what `request.build_absolute_uri` returns.

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it soon: the answer to whoever asks for a new password takes as long for an address that nobody has."""
        asked_in = "" if self._is_somebody_else(context["user"]) else translation.get_language()
        send_in_background(partial(self.send_mail_now, template_prefix, email, {"asked_in": asked_in, **context}))

    def send_mail_now(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language and the time zone of the person (`user`), and nothing that the visitor chose.

        Raises OSError where the mail server takes nothing.
        """
        if settings.EMAIL_BACKEND.endswith(".console.EmailBackend") and not settings.DEBUG:
            logger.warning("There is no EMAIL_HOST: a mail about an account was not sent")  # its link is for no log
            return
        person: User = context["user"]
        language, zone = person.language or context.get("asked_in", ""), person.time_zone
        with translation.override(language_of_user(language)), timezone.override(find_zone(zone)):
            about = {
                "name": name_of(person),
                "username": person.get_username(),
                "days": LINK_DAYS,
                "moment": describe_moment(clock.now()),
                "site_name": settings.SITE_NAME,
                "site_url": settings.SITE_URL,
                "reset_url": settings.SITE_URL + reverse("account_reset_password"),
            }
            self.render_mail(template_prefix, email, about | context).send()

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if user.chose_first_password and template_prefix == "account/email/password_reset":
            return  # the invitation was the mail about it
        more = {
            "user": user,
            "change": NOTIFICATIONS[template_prefix],
            "by": name_of(signed_in(self.request)) if self._is_somebody_else(user) else "",
            "has_lost_address": template_prefix == "account/email/email_changed",
            "address": visitor_address(self.request) or _("an unknown address"),
        }
        super().send_notification_mail("account/email/changed", user, (context or {}) | more, email)

    def _is_somebody_else(self, person: User) -> bool:
        """Return whether a colleague of this person makes the request, such as a chief editor."""
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated and user.pk != person.pk)


def _typed_name(credentials: dict[str, Any]) -> str:
    """Return what was typed as the name, in the one spelling that all of those who are taken for one person share."""
    return (credentials.get("email") or credentials.get("username") or "").strip().lower()
