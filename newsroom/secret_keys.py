"""Tells a random SECRET_KEY from one that somebody could guess."""

import re
from collections import Counter
from itertools import pairwise

MIN_SECRET_KEY_LENGTH = 50  # characters
KEY_VARIETY = 8  # different characters
KEY_PIECE = 4  # characters; hardly any piece of this length occurs twice in a random key
MIN_DIFFERENT_PIECES = 0.75  # of all pieces
KEY_HINT = "make one with python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
EXAMPLE_KEY = re.compile(
    r"insecure|change.?(?:me|this)|secret.?key|your.?(?:key|secret)|password|example", re.IGNORECASE
)


def as_secret_key(value: str) -> str:
    """Refuse what somebody could guess: short, of few characters, a sequence, repetitive, a placeholder.

    >>> as_secret_key("change-me-please")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    ValueError: ...
    """
    if not value:
        return value
    if len(value) < MIN_SECRET_KEY_LENGTH:
        raise ValueError(f"has {len(value)} characters and must have {MIN_SECRET_KEY_LENGTH} or more: {KEY_HINT}")
    has_pattern = len(set(value)) < KEY_VARIETY or _is_sequence(value) or _is_repetitive(value)
    if has_pattern or EXAMPLE_KEY.search(value):
        raise ValueError(f"is easy to guess: {KEY_HINT}")
    return value


def _is_sequence(value: str) -> bool:
    """Return whether it mostly goes on by the same step: “abcdef”, “97531”."""
    steps = Counter(ord(later) - ord(former) for former, later in pairwise(value))
    return max(steps.values()) > len(value) / 2


def _is_repetitive(value: str) -> bool:
    """Return whether much of it occurs twice, as when a short passphrase is repeated until it is long enough."""
    pieces = [value[start : start + KEY_PIECE] for start in range(len(value) - KEY_PIECE + 1)]
    return len(set(pieces)) < MIN_DIFFERENT_PIECES * len(pieces)
