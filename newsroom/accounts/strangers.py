"""Leads strangers from the pages of an account to the sign-in before anything that they send is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from newsroom.url_kinds import is_account_page

# Pages for those who are not signed in. What others ask for is stored by django-allauth until the password is typed.
OPEN_PAGES = {
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "mfa_authenticate",
    "provider_sign_in",
    "provider_callback",
    "mfa_login_webauthn",
}


class StrangersMiddleware:
    """Closes the pages of an account to those who are not signed in, and keeps their secrets out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_account_page(request):
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if not is_account_page(request) or request.user.is_authenticated or (match and match.url_name in OPEN_PAGES):
            return None
        return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)
