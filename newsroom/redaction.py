"""Keeps the operator's secrets out of every text that leaves this process: log lines, mails, error pages.

The settings say which values are secret (newsroom/environment.py). They are found by what they are, not by the name of
the setting or variable that holds them, so that no driver's message and no traceback tells one.
"""

from __future__ import annotations

import html
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

MASK = "********"
MIN_MASKED_LENGTH = 4  # characters: to mask a shorter one everywhere would make texts unreadable, and tell it
SECRET_PARAMETER = re.compile(r"pass|secret|key|token", re.IGNORECASE)

_secrets: set[str] = set()


def hide(values: Iterable[str]) -> None:
    """Mask these values from now on, and passwords in those that are addresses, in whatever spelling."""
    for value in values:
        _secrets.update(spelling for part in secret_parts(value) for spelling in spellings(part))


def redact(text: str) -> str:
    """Return the text without secrets."""
    found = [secret for secret in _secrets if secret in text]
    for secret in sorted(found, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def secret_parts(value: str) -> Iterator[str]:
    """Yield what must not be told of a value: of an address its password, and the parameters that are secret; else all.

    >>> list(secret_parts("postgresql://awa:geheim@db/news?sslpassword=leise&sslmode=require"))
    ['geheim', 'leise']
    >>> list(secret_parts("sqlite:////srv/news.sqlite3")), list(secret_parts("geheim"))
    ([], ['geheim'])
    """
    if "://" not in value:
        yield value
        return
    try:
        parts = urlsplit(value)
    except ValueError:  # not an address after all
        yield value
        return
    if parts.password:
        yield parts.password
    yield from (given for name, given in parse_qsl(parts.query) if SECRET_PARAMETER.search(name))


def has_short_part(value: str) -> bool:
    """Return whether a part of this secret is too short to be masked.

    >>> has_short_part("smtp://:abc@mail/0"), has_short_part("smtp://mail/0"), has_short_part("abcd")
    (True, False, False)
    """
    return any(0 < len(unquote(part)) < MIN_MASKED_LENGTH for part in secret_parts(value))


def spellings(secret: str) -> set[str]:
    """Return how a secret may be written: as it is, in an address, in HTML, in Python.

    >>> sorted(spellings("a&b/c"))
    ['a%26b%2Fc', 'a%26b/c', 'a&amp;b/c', 'a&b/c']
    """
    plain = {secret, unquote(secret)}
    written = {spell(text) for text in plain for spell in (str, quote, _quote_all, html.escape, _represent)}
    return {text for text in written if len(text) >= MIN_MASKED_LENGTH}


def _quote_all(text: str) -> str:
    return quote(text, safe="")


def _represent(text: str) -> str:
    return repr(text)[1:-1]


class RedactingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class RedactingFilter(SafeExceptionReporterFilter):
    """Leaves out of a report what somebody typed: a password, or a story under embargo. The names of fields stay."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        typed: dict[str, Any] = super().get_post_parameters(request)
        return dict.fromkeys(typed, MASK) if self.is_active(request) else typed


class RedactingReporter(ExceptionReporter):
    """The report of an error, as a page for developers and as text for a mail."""

    def get_traceback_html(self) -> SafeString:
        return SafeString(redact(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        return SafeString(redact(super().get_traceback_text()))


def redact_tracebacks() -> None:
    """Mask secrets also in what Python writes of an error that ends a command or a thread, or that nobody can catch."""
    sys.excepthook = _write_traceback
    threading.excepthook = lambda ended: _write_traceback(*ended[:3])
    sys.unraisablehook = lambda failed: _write_traceback(failed.exc_type, failed.exc_value, failed.exc_traceback)


@contextmanager
def redacted_start() -> Iterator[None]:
    """Mask secrets in what is written when the start of a process fails, which multiprocessing writes by itself."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is ends the process
        _write_traceback(type(error), error, error.__traceback__)
        sys.exit(1)


def _write_traceback(kind: Any, error: Any, trace: Any) -> None:
    sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))
