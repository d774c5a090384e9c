"""Stories that no reader may see, each full of words that nobody ever wrote, for the leak check to look for.

A canary is a made-up word of plain letters, which no encoding of a page or header changes. Each stands in one place of
one story: where it turns up says what leaked. Slugs have canaries of their own, since who asks for an address knows it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from articles.management.public_pages import Subjects

ALPHABET = "bcdfghjkmpqrtvwxz"  # no vowel, so no word of a language
CANARY_LETTERS = 14  # letters


def make_canary_word() -> str:
    return "zz" + "".join(secrets.choice(ALPHABET) for _ in range(CANARY_LETTERS - 2))


@dataclass(frozen=True)
class Canaries:
    """The planted words: where each hidden one is, and words of stories that readers must find."""

    hidden: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    common: str = field(default_factory=make_canary_word)  # in every text, so that one search finds them all
    subjects: dict[str, Subjects] = field(default_factory=dict)  # language → whose addresses to open
