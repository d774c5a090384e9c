"""Reads typed settings from environment variables and remembers which ones exist.

A variable that is empty counts as unset, as shells and compose files produce such by accident.
A value that cannot be used raises ImproperlyConfigured with the variable's name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from newsroom import redaction

ON = {"1", "true", "yes", "on"}
OFF = {"0", "false", "no", "off"}

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
MAX_ISSUER_LENGTH = 200  # characters, as many as the column of a connected account holds

T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    """One environment variable as the operator's table shows it."""

    name: str
    default: str
    help: str


class Environment:
    """The operator's variables; `settings` lists those that were read, in that order.

    Where a default depends on the machine or on another setting, `shown` says so in words.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.settings: list[Setting] = []
        self.secret_names: list[str] = []
        self.short_secret_names: list[str] = []  # of those that are too short to be masked

    def text(self, name: str, default: str, help: str, shown: str | None = None) -> str:
        return self._read(name, default, help, shown, str)

    def secret(self, name: str, default: str, help: str, convert: Callable[[str], str] = str) -> str:
        """Return a value that no text may reveal, neither a message about it nor a log (newsroom/redaction.py)."""
        self.secret_names.append(name)
        value = self._value(name, "")
        redaction.hide([value])
        if redaction.has_short_part(value):
            self.short_secret_names.append(name)
        return self._read(name, default, help, None, convert)

    def flag(self, name: str, default: str, help: str) -> bool:
        return self._read(name, default, help, None, as_flag)

    def number(self, name: str, default: str, help: str, shown: str | None = None) -> int:
        return self._read(name, default, help, shown, as_number)

    def words(self, name: str, default: str, help: str) -> list[str]:
        """Return the list of a value with commas."""
        return self._read(name, default, help, None, as_words)

    def address(self, name: str, default: str, help: str) -> str:
        """Return an absolute http or https address without the slash at its end."""
        return self._read(name, default, help, None, as_address)

    def issuer(self, name: str, default: str, help: str) -> str:
        """Return the address by which a provider of OpenID Connect calls itself, "" for none."""
        return self._read(name, default, help, None, as_issuer)

    def choice(self, name: str, default: str, help: str, choices: tuple[str, ...]) -> str:
        return self._read(name, default, help, None, partial(as_choice, choices))

    def languages(self, name: str, default: str, help: str) -> list[tuple[str, str]]:
        """Return codes and native names of one or more languages that Django knows."""
        return self._read(name, default, help, None, as_languages)

    def time_zone(self, name: str, default: str, help: str) -> str:
        return self._read(name, default, help, None, as_time_zone)

    def prefix(self, name: str, default: str, help: str) -> str:
        """Return what addresses of files start with, with a slash at its end."""
        return self._read(name, default, help, None, as_prefix)

    def _read(self, name: str, default: str, help: str, shown: str | None, convert: Callable[[str], T]) -> T:
        self.settings.append(Setting(name, default if shown is None else shown, help))
        value = self._value(name, default)
        try:
            return convert(value)
        except ValueError as error:
            said = "cannot be used" if name in self.secret_names else f"is {value!r}"
            raise ImproperlyConfigured(f"{name} {said}: it {error}.") from None

    def _value(self, name: str, default: str) -> str:
        return self.values.get(name, "").strip() or default


def as_flag(value: str) -> bool:
    """
    >>> as_flag("Yes"), as_flag("0")
    (True, False)
    """
    if value.lower() not in ON | OFF:
        raise ValueError("must be 1 or 0")
    return value.lower() in ON


def as_number(value: str) -> int:
    """
    >>> as_number("10")
    10
    """
    if not (value.isascii() and value.isdigit()):
        raise ValueError("must be a whole number")
    return int(value)


def as_words(value: str) -> list[str]:
    """
    >>> as_words("en, fr,")
    ['en', 'fr']
    """
    return [word.strip() for word in value.split(",") if word.strip()]


def as_address(value: str) -> str:
    """
    >>> as_address("https://example.com/")
    'https://example.com'
    """
    if not is_absolute(value):
        raise ValueError("must be an absolute address such as https://news.example.com")
    parts = urlsplit(value)
    if parts.query or parts.fragment or parts.path.strip("/"):
        raise ValueError("must have no path, query or fragment")
    return value.rstrip("/")


def as_issuer(value: str) -> str:
    """Keep it as it is, which is how the provider writes it; the secret of the newsroom is sent there.

    >>> as_issuer("https://login.example.com/realms/news")
    'https://login.example.com/realms/news'
    >>> as_issuer("http://login.example.com")
    Traceback (most recent call last):
    ...
    ValueError: must begin with https://
    """
    if not value:
        return value
    if not is_absolute(value):
        raise ValueError("must be an absolute address such as https://login.example.com")
    parts = urlsplit(value)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ValueError("must begin with https://")
    if parts.query or parts.fragment or parts.username or parts.password or len(value) > MAX_ISSUER_LENGTH:
        raise ValueError(f"must have no user, query or fragment, and at most {MAX_ISSUER_LENGTH} characters")
    return value


def as_prefix(value: str) -> str:
    """
    >>> as_prefix("/media"), as_prefix("https://cdn.example.com/")
    ('/media/', 'https://cdn.example.com/')
    """
    if not is_absolute(value) and not value.startswith("/"):
        raise ValueError("must start with / or be an absolute address")
    return value.rstrip("/") + "/"


def is_absolute(url: str) -> bool:
    """
    >>> is_absolute("https://example.com"), is_absolute("example.com"), is_absolute("http://a:b")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def as_choice(choices: tuple[str, ...], value: str) -> str:
    """
    >>> as_choice(("INFO", "ERROR"), "error")
    'ERROR'
    """
    if value.upper() not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}")
    return value.upper()


def as_languages(value: str) -> list[tuple[str, str]]:
    """
    >>> as_languages("en,fr")
    [('en', 'English'), ('fr', 'français')]
    """
    codes = as_words(value)
    unknown = [code for code in codes if "name_local" not in LANG_INFO.get(code, {})]
    if unknown or not codes:
        raise ValueError("must be codes of languages that Django knows, with commas")
    return [(code, LANG_INFO[code]["name_local"]) for code in codes]


def as_time_zone(value: str) -> str:
    """
    >>> as_time_zone("Africa/Lagos")
    'Africa/Lagos'
    """
    if value not in available_timezones():
        raise ValueError("must be the name of a time zone such as Africa/Lagos")
    return value
