"""The provider of OpenID Connect in the settings, and what its answers must prove beyond django-allauth's checks.

The signature of an ID token is always verified, its nonce is the one that this browser was sent with, and what the
provider says of the person is about the same `sub`. OpenID Connect Core 1.0, sections 3.1.3.7 and 5.3.2.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string

# OpenID Connect Core 1.0, section 3.1.2.1: the provider asks again, and says when it did, as `auth_time`.
SIGN_IN_THERE_AGAIN = {"prompt": "login", "max_age": "0"}


def configured_app() -> SocialApp | None:
    """Return what the settings say; None without OIDC_ISSUER. An account there is known by its issuer and `sub`."""
    if not settings.OIDC_ISSUER:
        return None
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=settings.OIDC_ISSUER,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={"server_url": settings.OIDC_ISSUER.rstrip("/"), "oauth_pkce_enabled": True},
    )


class VerifiedExchange(OpenIDConnectOAuth2Adapter):
    """The requests to the provider, and what is believed of its answers."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config["issuer"].rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error("The configuration is that of another issuer.")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return settings.SITE_URL + reverse("provider_callback")  # a visitor chooses the Host header

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        claims = self._decode_id_token(app, kwargs["response"]["id_token"])
        about = claims
        if self.openid_config.get("userinfo_endpoint"):
            userinfo = self._fetch_user_info(token.token)
            if userinfo["sub"] != claims["sub"]:
                raise OAuth2Error("The ID token and the user info are about two people.")
            if userinfo.get("email"):  # an address and whether it is verified come from one source
                about = userinfo
        login = self.get_provider().sociallogin_from_response(request, {"userinfo": about})
        login.nonce, login.signed_in_at = claims["nonce"], claims.get("auth_time")
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        self.did_fetch_access_token = False  # or the signature is taken for granted
        claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        return claims


class NewsroomProvider(OpenIDConnectProvider):
    oauth2_adapter_class = VerifiedExchange

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Return the way to the provider; state, nonce and the proof for the code (PKCE) wait in the session.

        Who is signed in already and only leads back has to sign in there once more.
        """
        nonce = get_random_string(32)
        params = {"nonce": nonce} | (SIGN_IN_THERE_AGAIN if process == AuthProcess.REDIRECT else {})
        response: HttpResponse = super().redirect(request, process, next_url, data, auth_params=params, nonce=nonce)
        return response

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Store nothing of the person but the address by which the desk names the account."""
        return {"email": str(data["userinfo"].get("email", ""))}


def has_own_nonce(login: SocialLogin) -> bool:
    """Return whether the ID token was made for the way that began in this browser."""
    return constant_time_compare(str(login.state.get("nonce", "")), str(login.nonce)) and bool(login.nonce)
