"""A random key is taken, one that somebody could guess is not."""

import secrets

import pytest
from django.core.management.utils import get_random_secret_key

from newsroom.secret_keys import MIN_SECRET_KEY_LENGTH, as_secret_key


@pytest.mark.parametrize(
    "generate",
    [
        lambda: secrets.token_urlsafe(50),
        lambda: secrets.token_hex(32),
        get_random_secret_key,
        lambda: "".join(secrets.choice("0123456789") for _ in range(50)),
    ],
    ids=["token_urlsafe", "token_hex", "get_random_secret_key", "digits"],
)
def test_a_generated_key_is_never_refused(generate):
    for key in [generate() for _ in range(500)]:
        assert as_secret_key(key) == key


@pytest.mark.parametrize(
    "key",
    [
        secrets.token_hex(32)[: MIN_SECRET_KEY_LENGTH - 1],
        "ab" * 40,
        "abcdefghijklmnopqrstuvwxyz" * 3,
        "correct horse battery staple 7 " * 2,
        f"change-me-{secrets.token_hex(32)}",
    ],
    ids=["short", "two characters", "sequence", "repeated", "placeholder"],
)
def test_a_key_that_is_easy_to_guess_is_refused(key):
    with pytest.raises(ValueError, match="token_urlsafe"):
        as_secret_key(key)
