"""Turns a request of granian (RSGI) into the environment that Django reads (WSGI, PEP 3333).

Nothing but the request is in it, so that no report of an error can show what else this process knows.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

MAX_HEADER_LENGTH = 16 * 1024  # characters of all names and values
MAX_REQUEST_TARGET_LENGTH = 8 * 1024  # characters of path and query
# Without these, nobody would know who asks for what, nor limit how often. Any other header, such as a user agent or
# a cookie that another site of the domain has set, may be lost: the request goes on without it.
DECISIVE = {"authorization", "content-length", "content-type", "host", "origin", "x-forwarded-for", "x-forwarded-proto"}
UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]


class UnreadableRequest(Exception):
    """The refusal of a request before Django sees it. The text is the status."""


class RequestTooLong(UnreadableRequest):
    """A request longer than any browser's: many libraries keep what they have read."""


class RSGIHeaders(Protocol):
    def keys(self) -> list[str]: ...
    def items(self) -> list[tuple[str, str]]: ...


class RSGIScope(Protocol):
    """The request as RSGI describes it."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> RSGIHeaders: ...


def environ_of(scope: RSGIScope) -> Environ:
    """Return the whole request without its body. Raises UnreadableRequest."""
    if len(scope.path) + len(scope.query_string) > MAX_REQUEST_TARGET_LENGTH:
        raise RequestTooLong("414 URI Too Long")
    server, _colon, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": to_wsgi_text(scope.path),
        "QUERY_STRING": to_wsgi_text(scope.query_string),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    length = 0
    for name, value in scope.headers.items():
        length += len(name) + len(value)
        if length > MAX_HEADER_LENGTH:
            raise RequestTooLong("431 Request Header Fields Too Large")
        if "_" in name:  # it would pass for the header with a hyphen, which our proxy writes
            continue
        variable = UNPREFIXED.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        if variable in environ:
            value = f"{environ[variable]}{'; ' if name == 'cookie' else ','}{value}"
        environ[variable] = strip_charset(value) if variable == "CONTENT_TYPE" else value
    if DECISIVE & lost_names(scope.headers):
        raise UnreadableRequest("400 Bad Request")
    return environ


def request_of(environ: Environ) -> HttpRequest:
    """Return the request as Django will read it, for what is decided before Django does."""
    return WSGIRequest(environ)


def lost_names(headers: RSGIHeaders) -> set[str]:
    """Return the names of headers that granian leaves out because a value has a byte beyond ASCII."""
    return set(headers.keys()) - {name for name, _value in headers.items()}


def to_wsgi_text(text: str) -> str:
    """Return the UTF-8 bytes of the text, each as the character of that number, as WSGI wants it.

    >>> to_wsgi_text("/é")
    '/Ã©'
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode("latin-1")


def strip_charset(content_type: str) -> str:
    """Return the media type with its boundary alone: text is always UTF-8 here.

    Django reads the address in the encoding that is named for the body: it fails over one that it does not know, before
    any middleware is asked, and another one would hide characters in it.

    >>> strip_charset("text/html; charset=utf-7")
    'text/html'
    >>> strip_charset("multipart/form-data; charset*=x'y'z; boundary=7")
    'multipart/form-data; boundary=7'
    """
    kind, *parameters = content_type.split(";")
    return ";".join([kind, *(one for one in parameters if one.strip().lower().startswith("boundary="))])
