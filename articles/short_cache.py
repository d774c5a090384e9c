"""Results that are remembered for short texts alone, so that nobody can fill the memory by sending long ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Result = TypeVar("Result")


def cache_short(maxsize: int, longest: int) -> Callable[[Callable[[str], Result]], Callable[[str], Result]]:
    """Decorate a function of one text like lru_cache, which keeps nothing of texts beyond `longest` characters.

    >>> @cache_short(2, longest=3)
    ... def shout(text: str) -> str:
    ...     return text.upper()
    >>> shout("oui"), shout("non"), shout("peut-être"), shout.cache_info().currsize
    ('OUI', 'NON', 'PEUT-ÊTRE', 2)
    """

    def decorate(function: Callable[[str], Result]) -> Callable[[str], Result]:
        cached = lru_cache(maxsize)(function)

        @wraps(function)
        def call(text: str) -> Result:
            return cached(text) if len(text) <= longest else function(text)

        call.cache_info = cached.cache_info  # type: ignore[attr-defined]
        return call

    return decorate
