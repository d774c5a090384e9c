"""Slows the guessing of passwords without locking anybody out.

Failures count for fifteen minutes: five for one name from one address, fifty for one address with any names. Beyond
that the address has to wait, and does not even learn whether the password was right. The same person can sign in from
another address as usual, so nobody can lock a colleague out. Where the address is unknown, failures count for the name
only: a limit for all would let strangers lock out the newsroom.
"""

import logging
from datetime import timedelta
from math import ceil
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from articles.states import name_of
from articles.users import signed_in
from newsroom.models import FailedSignIn
from newsroom.visitor import Address, network_of, visitor_address

PERSON_LIMIT = 5  # failures of one name from one address
ADDRESS_LIMIT = 50  # failures from one address, which a whole office may share

UNKNOWN_ADDRESS = "an unknown address"

logger = logging.getLogger(__name__)


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the admin's sign-in page; 429 with Retry-After while the visitor has to wait."""
    response = admin.site.login(request)
    wait = _wait_of(response)
    if wait:
        response.status_code = 429
        response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


def _wait_of(response: HttpResponse) -> timedelta | None:
    """Return how long the visitor has to wait: None where no form is shown, or one that may be sent again."""
    form = (response.context_data or {}).get("form") if isinstance(response, TemplateResponse) else None
    return form.wait if isinstance(form, SignInForm) else None


@never_cache
def show_session(request: HttpRequest) -> JsonResponse:
    """Say who may use the desk in this browser, and the CSRF token of their forms; person is None for nobody."""
    if not admin.site.has_permission(request):
        return JsonResponse({"person": None})
    person = signed_in(request)
    return JsonResponse({"person": person.pk, "name": name_of(person), "token": get_token(request)})


class SignInForm(AdminAuthenticationForm):
    """A form that counts failures, and past the limit does not check the password any more."""

    request: HttpRequest
    wait: timedelta | None = None  # until the next attempt

    def clean(self) -> dict[str, Any]:
        address = visitor_address(self.request)
        limits = sign_in_limits(self.cleaned_data.get("username", ""), address)
        self.wait = max(FailedSignIn.objects.wait(key, limit) for key, limit in limits.items())
        if self.wait:
            raise ValidationError(waiting_message(self.wait), code="wait")
        try:
            cleaned = super().clean()
        except ValidationError:
            logger.warning("Sign-in failed from %s", address or UNKNOWN_ADDRESS)
            FailedSignIn.objects.record(*limits)
            raise
        FailedSignIn.objects.filter(key=next(iter(limits))).delete()
        return cleaned


def log_sign_in(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """Write who signed in and from where to the log: a receiver of user_logged_in."""
    logger.info("%s signed in from %s", user.get_username(), visitor_address(request) or UNKNOWN_ADDRESS)


def waiting_message(wait: timedelta) -> str:
    minutes = ceil(wait / timedelta(minutes=1))
    return ngettext(
        "Too many attempts failed. Please wait %(minutes)d minute, then try again.",
        "Too many attempts failed. Please wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def sign_in_limits(username: str, address: Address | None) -> dict[str, int]:
    """Return how many failures are allowed by key: of the name at this address first, then of the address.

    A key tells neither.
    """
    network = network_of(address)
    limits = {_key(f"{network} {username.strip().casefold()}"): PERSON_LIMIT}
    return limits | {_key(network): ADDRESS_LIMIT} if network else limits


def _key(text: str) -> str:
    return salted_hmac("newsroom.signin", text, algorithm="sha256").hexdigest()
