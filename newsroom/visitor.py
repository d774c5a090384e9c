"""From which address somebody visits, as the connection or the proxies before us say it."""

from __future__ import annotations

import re
import time
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from newsroom.alarms import last_mark, touch_mark

IPAddress = IPv4Address | IPv6Address

SIGN_IN_WITHOUT_ADDRESS = "a sign-in without an address"  # a kind of failure
RECENTLY = 60 * 60  # seconds

# 192.0.2.1:4711, [2001:db8::1]:4711 and [2001:db8::1], maybe in quotes: RFC 7239, section 6
WITH_PORT = re.compile(r'"?(?:\[(?P<v6>[^\]]+)\]|(?P<v4>[^:]+))(?::\w*)?"?')


def visitor_address(request: HttpRequest) -> IPAddress | None:
    """Return the connection's address, or what the outermost of our PROXY_COUNT proxies saw; None when it is unknown.

    Addresses that a visitor puts into X-Forwarded-For stand left of those and are not believed. When our proxy sends
    none, the connection's is the proxy's, and tells nothing of the visitor.
    """
    if not settings.PROXY_COUNT:
        return parse_ip_address(request.META.get("REMOTE_ADDR") or "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return parse_ip_address(forwarded[-settings.PROXY_COUNT :][0]) if forwarded else None


def parse_ip_address(text: str) -> IPAddress | None:
    """Return the address in whichever form servers and proxies write it, without its port; None when it is none.

    >>> parse_ip_address("192.0.2.1:4711"), parse_ip_address("[2001:db8::1]:4711"), parse_ip_address("unknown")
    (IPv4Address('192.0.2.1'), IPv6Address('2001:db8::1'), None)
    """
    match = WITH_PORT.fullmatch(text.strip())
    bare = (match["v6"] or match["v4"]) if match else text
    try:
        address = ip_address(bare.strip().partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def network_of(address: IPAddress | None) -> str:
    """Return one subscriber's addresses as one: a whole /64 of IPv6; "" when the address is not known.

    >>> network_of(ip_address("2001:db8::1")), network_of(ip_address("192.0.2.1")), network_of(None)
    ('2001:db8::/64', '192.0.2.1', '')
    """
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address or "")


def note_unknown_address(sender: Any, request: HttpRequest, **_more: Any) -> None:
    """Note that somebody signed in whose address is unknown: a receiver of user_logged_in."""
    if visitor_address(request) is None:
        touch_mark(SIGN_IN_WITHOUT_ADDRESS)


def addresses_are_unknown() -> bool:
    """Return whether somebody signed in recently whose address is unknown."""
    return time.time() - last_mark(SIGN_IN_WITHOUT_ADDRESS) < RECENTLY
