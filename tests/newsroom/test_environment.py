import secrets

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from newsroom.environment import Environment, Setting, as_secret_key


def test_unset_variable_gives_the_default():
    assert Environment({}).number("PORT", "587", "Its port.") == 587


@pytest.mark.parametrize("empty", ["", "  "])
def test_empty_variable_counts_as_unset(empty):
    assert Environment({"SITE_NAME": empty}).text("SITE_NAME", "Newsroom", "") == "Newsroom"


def test_every_variable_that_was_read_is_remembered_in_order():
    env = Environment({})
    env.flag("DEBUG", "0", "Shows errors.")
    env.number("PROXY_COUNT", "1", "How many.", shown="as needed")
    assert env.settings == [
        Setting("DEBUG", "0", "Shows errors."),
        Setting("PROXY_COUNT", "as needed", "How many."),
    ]


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda env: env.flag("NAME", "0", ""), "maybe"),
        (lambda env: env.number("NAME", "0", ""), "-1"),
        (lambda env: env.number("NAME", "0", ""), "٣"),
        (lambda env: env.choice("NAME", "INFO", "", ("INFO",)), "LOUD"),
        (lambda env: env.address("NAME", "http://localhost", ""), "news.example.com"),
        (lambda env: env.address("NAME", "http://localhost", ""), "ftp://news.example.com"),
        (lambda env: env.address("NAME", "http://localhost", ""), "https://news.example.com/site"),
        (lambda env: env.address("NAME", "http://localhost", ""), "http://[::1"),
        (lambda env: env.address("NAME", "http://localhost", ""), "https://news.example.com:port"),
    ],
)
def test_value_that_cannot_be_used_stops_with_the_name(read, value):
    with pytest.raises(ImproperlyConfigured, match="NAME is "):
        read(Environment({"NAME": value}))


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
