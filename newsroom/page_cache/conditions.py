"""What a browser says of the answer that it would take: pure functions of its headers (RFC 9110)."""

from __future__ import annotations

from typing import Literal

from django.utils.http import parse_http_date_safe

from articles.short_cache import cache_short

Encoding = Literal["br", "gzip", "identity"]
OURS: tuple[Encoding, ...] = ("br", "gzip")  # the smaller first
LONGEST_ACCEPTED = 200  # characters of Accept-Encoding; browsers send some thirty


@cache_short(512, longest=LONGEST_ACCEPTED)
def best_encoding(accept: str) -> Encoding:
    """Return the smallest encoding that it accepts; when in doubt, the one that everybody can read.

    >>> best_encoding("gzip, deflate, br"), best_encoding("gzip;q=1.0, br;q=0"), best_encoding("")
    ('br', 'gzip', 'identity')
    """
    if len(accept) > LONGEST_ACCEPTED:
        return "identity"
    weights = dict(_weight(part) for part in accept.lower().split(",") if part.strip())
    weight, best = max(
        ((weights.get(name, weights.get("*", 0.0)), name) for name in OURS), key=lambda candidate: candidate[0]
    )
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else "identity"


def _weight(part: str) -> tuple[str, float]:
    name, _semicolon, parameter = part.partition(";")
    try:
        weight = float(parameter.strip().removeprefix("q=")) if parameter.strip() else 1.0
    except ValueError:
        weight = 0.0
    return name.strip(), weight


def names_etag(header: str, etag: str) -> bool:
    """Return whether If-None-Match names this entity tag, by weak comparison as it must.

    >>> names_etag('W/"a", "b"', '"a"'), names_etag("*", '"a"'), names_etag('"ab"', '"a"')
    (True, True, False)
    """
    return header.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in header.split(","))


def is_known_since(header: str, modified: int) -> bool:
    """Return whether If-Modified-Since is no earlier than this moment, in seconds."""
    since = parse_http_date_safe(header)
    return since is not None and modified <= since
