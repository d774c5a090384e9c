"""The description of an exception that is kept in a row: its kind and its message."""

MAX_DESCRIPTION_LENGTH = 1000  # characters


def description(error: Exception) -> str:
    """Return the kind of an error and its text, as every database takes it.

    >>> description(KeyError("standfirst"))
    "KeyError: 'standfirst'"
    """
    return f"{type(error).__name__}: {error}".replace("\0", "")[:MAX_DESCRIPTION_LENGTH]


def are_alike(one: str, other: str) -> bool:
    """Return whether two descriptions are of one kind: an error may name another row or address on each try.

    >>> are_alike("OSError: no /tmp/a", "OSError: no /tmp/b"), are_alike("OSError: x", "KeyError: x")
    (True, False)
    """
    return one.partition(":")[0] == other.partition(":")[0]
