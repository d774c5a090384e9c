"""The cache that all processes share: counts of failed sign-ins, look-alike tags. Pages have another."""

from __future__ import annotations

from typing import Any

TABLE = "newsroom_cache"
MAX_ENTRIES = 100_000  # as many names as somebody who guesses can try before a count is dropped


def shared_cache(redis_url: str) -> dict[str, Any]:
    """Return the setting of the cache: in Redis at this address, or in the database where there is none."""
    if redis_url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url, "KEY_PREFIX": TABLE}
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": TABLE,
        "OPTIONS": {"MAX_ENTRIES": MAX_ENTRIES},
    }
