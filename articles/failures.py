"""What is kept of an exception: in a row its kind and its message, on a request that it is in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

MAX_DESCRIPTION_LENGTH = 1000  # characters


def describe_error(error: Exception) -> str:
    """Return the kind of an error and its text, as every database takes it.

    >>> describe_error(KeyError("standfirst"))
    "KeyError: 'standfirst'"
    """
    return f"{type(error).__name__}: {error}".replace("\0", "")[:MAX_DESCRIPTION_LENGTH]


def are_alike(one: str, other: str) -> bool:
    """Return whether two descriptions are of one kind: an error may name another row or address on each try.

    >>> are_alike("OSError: no /tmp/a", "OSError: no /tmp/b"), are_alike("OSError: x", "KeyError: x")
    (True, False)
    """
    return one.partition(":")[0] == other.partition(":")[0]


def mark_as_logged(request: HttpRequest) -> None:
    """Note that the failure of this request is in the log: the status of its response tells nothing new."""
    request.__dict__["failure_is_logged"] = True


def is_logged(request: HttpRequest) -> bool:
    return bool(request.__dict__.get("failure_is_logged"))
