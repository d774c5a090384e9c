"""Leaves to Django what belongs to a request: servers put the variables of their process, secrets too, beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from newsroom.environ import Environ, WSGIApplication, strip_charset

# https://peps.python.org/pep-3333/#environ-variables and what servers say of a connection
OF_A_REQUEST = {
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "PATH_INFO",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
}
PREFIXES = ("HTTP_", "wsgi.", "newsroom.")


class RequestEnviron:
    """A wrapper of an application that hides the environment of the process from it."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        for name in foreign_names(environ, os.environ):
            del environ[name]
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = strip_charset(environ["CONTENT_TYPE"])
        return self.application(environ, start_response)


def foreign_names(environ: Environ, process: Mapping[str, str]) -> list[str]:
    """Return the names of what is not of the request. A variable such as HTTP_PROXY looks like a header, and is none.

    >>> foreign_names({"HTTP_HOST": "x", "HTTP_PROXY": "y", "DATABASE_URL": "z"}, {"HTTP_PROXY": "y"})
    ['HTTP_PROXY', 'DATABASE_URL']
    """
    return [
        name
        for name, value in environ.items()
        if name not in OF_A_REQUEST and not (name.startswith(PREFIXES) and process.get(name) != value)
    ]
