import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import Environment, Setting


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
