"""Slows the guessing of passwords without locking anybody out.

Failures count for fifteen minutes: five by one name from one address, fifty by one address whatever
the names. Past that the address waits, and is not even told whether the password was right. The
same person signs in from another address as ever, so nobody can lock a colleague out.
"""

import logging
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from newsroom.models import FailedSignIn

PERSON_LIMIT = 5  # failures of one name from one address
ADDRESS_LIMIT = 50  # failures from one address, which a whole office may share

logger = logging.getLogger(__name__)


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's sign-in page; 429 with Retry-After while the visitor has to wait."""
    response = admin.site.login(request)
    wait: timedelta | None = getattr(request, "sign_in_wait", None)
    if wait:
        response.status_code = 429
        response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


class SignInForm(AdminAuthenticationForm):
    """Counts what fails, and past the limit does not look at the password any more."""

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        address = address_of(self.request)
        person_key, address_key = keys(self.cleaned_data.get("username", ""), address)
        wait = max(
            FailedSignIn.objects.wait(person_key, PERSON_LIMIT),
            FailedSignIn.objects.wait(address_key, ADDRESS_LIMIT),
        )
        if wait:
            self.request.sign_in_wait = wait  # type: ignore[attr-defined]
            raise ValidationError(waiting_message(wait), code="wait")
        try:
            cleaned = super().clean()
        except ValidationError:
            logger.warning("Sign-in failed from %s", address)
            FailedSignIn.objects.record(person_key, address_key)
            raise
        FailedSignIn.objects.filter(key=person_key).delete()
        return cleaned


def waiting_message(wait: timedelta) -> str:
    minutes = ceil(wait / timedelta(minutes=1))
    return ngettext(
        "Too many attempts failed. Please wait %(minutes)d minute, then try again.",
        "Too many attempts failed. Please wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def keys(username: str, address: str) -> tuple[str, str]:
    """What failures are counted under: the name at this address, and the address. They tell neither."""
    network = network_of(address)
    return tuple(  # type: ignore[return-value]
        salted_hmac("newsroom.signin", text, algorithm="sha256").hexdigest()
        for text in (f"{network} {username.strip().casefold()}", network)
    )


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the connection's, or what the outermost of our PROXY_COUNT proxies saw.

    Addresses that a visitor puts into X-Forwarded-For stand left of those and are not believed.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    seen = forwarded[-settings.PROXY_COUNT :] if settings.PROXY_COUNT else []
    return seen[0] if seen else request.META.get("REMOTE_ADDR", "")


def network_of(address: str) -> str:
    """One subscriber's addresses as one: a whole /64 of IPv6.

    >>> network_of("2001:db8::1"), network_of("192.0.2.1"), network_of("nonsense")
    ('2001:db8::/64', '192.0.2.1', '')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)
