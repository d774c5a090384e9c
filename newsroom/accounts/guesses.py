"""Counts wrong passwords and codes: of an account in one network, and of the account in all networks together.

The first count is why a stranger locks nobody out, the second why many addresses together do not guess without end.
Where the person has signed in before, the browser has a count of its own in place of the second.
Passwords are counted by what was typed as the name, whether somebody has it or not: the answers tell nothing of who
works here, nor which address belongs to which user name.
"""

from __future__ import annotations

import logging

# Its public counterpart takes nothing back, as must be done for a password or a code that was right.
from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.http import HttpRequest

from newsroom.accounts.known_browsers import known_browser
from newsroom.models import User
from newsroom.visitor import network_of, visitor_address

# The limits, in ACCOUNT_RATE_LIMITS.
IN_NETWORK = "login_failed"
PASSWORDS_OF_ACCOUNT = "passwords_of_account"
CODES_OF_ACCOUNT = "codes_of_account"

logger = logging.getLogger(__name__)


def count_password(request: HttpRequest, name: str) -> RateLimitUsage | None:
    """Count a password for this name in all networks, before anybody looks at it; None when there were too many."""
    return _consume(request, PASSWORDS_OF_ACCOUNT, f"{name} {_browser_of_name(request, name)}")


def count_code(request: HttpRequest, person: User) -> RateLimitUsage | None:
    """Count a second code, in this network and in all, before anybody looks at it; None when there were too many."""
    in_network = _consume(request, IN_NETWORK, f"code {network_of(visitor_address(request))} #{person.pk}")
    if not in_network:
        return None
    browser = known_browser(request)
    name = browser.name if browser and person.pk in browser.people else ""
    of_account = _consume(request, CODES_OF_ACCOUNT, f"#{person.pk} {name}")
    return RateLimitUsage(in_network.usage + of_account.usage) if of_account else None


def _consume(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    usage = consume(request, app="allauth.account", action=action, key=key)
    if not usage and action != IN_NETWORK:
        logger.warning("An account waits: too many attempts from many networks")
    return usage


def _browser_of_name(request: HttpRequest, name: str) -> str:
    """Return the name of this browser where the person who is called so has signed in; "" for a stranger's."""
    browser = known_browser(request)
    if not browser:
        return ""
    people = User.objects.named(name).filter(pk__in=browser.people)
    return browser.name if people.exists() else ""
