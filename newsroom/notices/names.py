"""The people whom a note addresses, as “@awa”: by the user name or the slug of an author."""

from __future__ import annotations

import re
from collections.abc import Collection

NAME = re.compile(r"(?<![\w@.+-])@([\w.@+-]*\w)")
MAX_NAMES = 20  # in a note


def find_names(note: str) -> list[str]:
    """Return the names that a note addresses, in lower case, each once.

    >>> find_names("@Awa, please ask @awa-diop. Or @awa? Write to desk@example.org")
    ['awa', 'awa-diop']
    """
    return list(dict.fromkeys(name.lower() for name in NAME.findall(note)))[:MAX_NAMES]


def replace_names(note: str, names: Collection[str], instead: str) -> str:
    """Return the note, addressed to somebody else in place of these names, which are in lower case.

    >>> replace_names("@Awa, ask @awa-diop", {"awa"}, "former-7")
    '@former-7, ask @awa-diop'
    """
    return NAME.sub(lambda found: f"@{instead}" if found[1].lower() in names else found[0], note)
