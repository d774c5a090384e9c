"""Reads typed settings from environment variables and remembers which ones exist.

A variable that is empty counts as unset, as shells and compose files produce such by accident.
A value that cannot be used raises ImproperlyConfigured with the variable's name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ON = {"1", "true", "yes", "on"}
OFF = {"0", "false", "no", "off"}

T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    """One environment variable as the operator's table shows it."""

    name: str
    default: str
    help: str


class Environment:
    """The operator's variables; `settings` lists every one that was asked for, in that order."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.settings: list[Setting] = []

    def text(self, name: str, default: str, help: str) -> str:
        return self._read(name, default, help, str)

    def flag(self, name: str, default: str, help: str) -> bool:
        return self._read(name, default, help, as_flag)

    def number(self, name: str, default: str, help: str) -> int:
        return self._read(name, default, help, as_number)

    def words(self, name: str, default: str, help: str) -> list[str]:
        """A list from a value with commas."""
        return self._read(name, default, help, as_words)

    def address(self, name: str, default: str, help: str) -> str:
        """An absolute http or https address without the slash at its end."""
        return self._read(name, default, help, as_address)

    def _read(
        self,
        name: str,
        default: str,
        help: str,
        convert: Callable[[str], T],
    ) -> T:
        self.settings.append(Setting(name, default, help))
        value = self.values.get(name, "").strip() or default
        try:
            return convert(value)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} is {value!r}: it {error}.") from None


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
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an absolute address such as https://news.example.com")
    if parts.query or parts.fragment or parts.path.strip("/"):
        raise ValueError("must have no path, query or fragment")
    return value.rstrip("/")
