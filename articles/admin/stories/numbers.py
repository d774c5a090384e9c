"""Numbers in addresses, parameters and hidden inputs, which anybody may have changed."""

from __future__ import annotations

from typing import Any


def parse_version(text: str) -> int:
    """Return the version that a form was loaded with; 0, which no story has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def story_number(text: Any) -> int | None:
    """Return the id in a URL, None where there is none."""
    return parse_version(str(text)) or None if text else None
