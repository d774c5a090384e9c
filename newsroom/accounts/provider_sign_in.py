"""Signing in with an external account, by OpenID Connect: who is let in, and the two addresses of the way.

It replaces the password and nothing else. Nobody signs up by it: the external account is connected at the first
sign-in with the person whose e-mail address it has verified, and known by its id from then on.
"""

from __future__ import annotations

import logging
from typing import Any

# How a page that asks once more lets go on what waited for it; there is no public name for it.
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from newsroom.accounts.openid_connect import NewsroomProvider, VerifiedExchange, configured_app, has_own_nonce
from newsroom.accounts.proofs import has_recent_proof, is_recent, note_proof_elsewhere
from newsroom.accounts.signed_out import reason_of_sign_out
from newsroom.models import User

# What a provider's answer that is no JSON, lacks something or says something else than the standard ends in.
FAILURES = (OAuth2Error, RequestException, KeyError, TypeError, ValueError, AttributeError)

provider_sign_in_refused = Signal()  # given: request, and the person as whom it would have signed in, or None

logger = logging.getLogger(__name__)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Knows the provider of the settings alone, and lets in the people of the newsroom alone."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        app = configured_app()
        return [app] if app else []

    def get_provider(self, request: HttpRequest, provider: Any, client_id: Any = None) -> NewsroomProvider:
        app = configured_app()
        if app is None:
            raise SocialApp.DoesNotExist
        return NewsroomProvider(request, app)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whom the newsroom does not know, and connect the account of those whom it does.

        Who is signed in already has only shown once more who they are.
        """
        if not has_own_nonce(sociallogin):
            raise ImmediateHttpResponse(_fail(request, "the nonce is another"))
        if sociallogin.state["process"] == AuthProcess.REDIRECT:
            return _take_proof(request, sociallogin)
        person = sociallogin.user if sociallogin.is_existing else _find_person(sociallogin)
        if person is None or not (person.is_active and person.is_staff):
            provider_sign_in_refused.send(sender=ProviderAdapter, request=request, person=person)
            said = _("The newsroom knows nobody with this account. Ask your chief editor to invite %(email)s.")
            if not any(address.verified for address in sociallogin.email_addresses):
                said = _("The address %(email)s has to be verified there before this account can sign in here.")
            raise ImmediateHttpResponse(_refuse(request, said % {"email": sociallogin.account.extra_data["email"]}))
        if not sociallogin.is_existing:
            _connect(request, sociallogin, person)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        if error == AuthError.CANCELLED:
            said = _("You are not signed in: the other sign-in was cancelled.")
            if request.user.is_authenticated:
                said = _("Nothing was changed: the other sign-in was cancelled.")
            raise ImmediateHttpResponse(_refuse(request, said))
        raise ImmediateHttpResponse(_fail(request, type(exception).__name__ if exception else str(error)))


class SignInView(LoginView):
    """The page of the sign-in, which also offers the provider, and says why somebody was signed out."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        more = {"provider_name": settings.OIDC_NAME if settings.OIDC_ISSUER else ""}
        return context | more | {"signed_out": reason_of_sign_out(self.request)}


@require_POST
def begin_provider_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the provider by a page of our own: `form-action` of the policy would stop a redirect from the form."""
    provider = _require_provider(request)
    if (wait := ratelimit.consume_or_429(request, action="provider_sign_in")) is not None:
        return wait
    return _lead_to(provider, request, AuthProcess.LOGIN, get_next_redirect_url(request))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_at_provider(request: HttpRequest) -> HttpResponse:
    """Let somebody who has neither password nor second factor sign in elsewhere again, before they change something.

    After that, what waited for it is done.
    """
    if has_recent_proof(request):
        return resume_request(request) or redirect("admin:index")
    is_connected = SocialAccount.objects.filter(user=request.user, provider=settings.OIDC_ISSUER or None).exists()
    if request.method != "POST" or not is_connected:
        context = {"provider": settings.OIDC_NAME if is_connected else ""}
        return render(request, "account/provider_again.html", context)
    if (wait := ratelimit.consume_or_429(request, action="provider_sign_in")) is not None:
        return wait
    return _lead_to(_require_provider(request), request, AuthProcess.REDIRECT, request.get_full_path())


def _lead_to(provider: NewsroomProvider, request: HttpRequest, process: str, back: str | None) -> HttpResponse:
    try:
        way = provider.redirect(request, process, back)
    except FAILURES as error:
        return _fail(request, type(error).__name__)
    return render(request, "account/provider.html", {"url": way["Location"], "provider": provider.name})


@require_safe
def finish_provider_sign_in(request: HttpRequest) -> HttpResponse:
    """Take the answer of the provider, with which the browser comes back."""
    _require_provider(request)
    take_answer = OAuth2CallbackView.adapter_view(VerifiedExchange(request, settings.OIDC_ISSUER))
    try:
        response: HttpResponse = take_answer(request)
    except FAILURES as error:
        return _fail(request, type(error).__name__)
    return response


def _require_provider(request: HttpRequest) -> NewsroomProvider:
    app = configured_app()
    if app is None:
        raise Http404
    return NewsroomProvider(request, app)


def _find_person(login: SocialLogin) -> User | None:
    """Return the person whose address the provider has verified; None for a stranger."""
    verified = [address.email for address in login.email_addresses if address.verified]
    return User.objects.filter(email__in=verified).first() if verified else None


def _take_proof(request: HttpRequest, login: SocialLogin) -> None:
    """Remember that the person who is signed in here signed in there again, or say what is wrong with it."""
    name = {"name": settings.OIDC_NAME}
    if not login.is_existing or login.user != request.user:
        messages.error(request, _("That was another account of %(name)s. Use your own.") % name)
    elif not is_recent(login.signed_in_at):
        said = _(
            "%(name)s does not say that you have just signed in. Ask your chief editor to invite you again: "
            "by the link you choose a password, which is then asked for here."
        )
        messages.error(request, said % name)
    else:
        note_proof_elsewhere(request)


def _connect(request: HttpRequest, login: SocialLogin, person: User) -> None:
    """Store whose external account this is, once: an address there may get another owner."""
    try:
        with transaction.atomic():
            person = User.objects.select_for_update().get(pk=person.pk)
            has_another = SocialAccount.objects.filter(user=person, provider=login.account.provider).exists()
            if not has_another and person.is_invited:
                person.end_invitation()
            if not has_another:
                login.connect(request, person)
    except IntegrityError:  # somebody else was a moment faster
        raise ImmediateHttpResponse(_fail(request, "it was connected meanwhile")) from None
    if has_another:
        provider_sign_in_refused.send(sender=ProviderAdapter, request=request, person=person)
        said = _("Another account is connected with %(email)s. Ask your chief editor to disconnect it first.")
        raise ImmediateHttpResponse(_refuse(request, said % {"email": person.email}))


def _refuse(request: HttpRequest, said: str) -> HttpResponse:
    messages.error(request, said)
    return redirect("account_login")


def _fail(request: HttpRequest, reason: str) -> HttpResponse:
    """Say that it did not work. What the provider answered may be secret, and is not logged."""
    logger.warning("The sign-in by OpenID Connect failed: %s", reason)
    said = _("The sign-in with %(name)s did not work. Try again, or sign in with your password.")
    return _refuse(request, said % {"name": settings.OIDC_NAME})
