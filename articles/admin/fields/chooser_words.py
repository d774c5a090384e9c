"""The words of a chooser: what they may name, and how a person reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

ID_WORD = "id:"  # a word that names a row
NEW_PREFIX = "new:"  # a word that names a tag to be made
PROPOSED_PREFIX = "proposed:"  # a word that names a tag which the tag staff may make
TYPED_PREFIX = "typed:"  # a word that was typed and not chosen: it has to be the exact name of something
MAX_WORD_LENGTH = 250  # characters of a word; no name and no address is longer

# Without the newlines before a quotation mark, so that a long run of them is read once.
WORD_PATTERN = re.compile(r'[^\S\n]*+"([^"]*)"\s*+|([^,\n]+)')


def split_words(text: str) -> list[str]:
    """Return the words of a comma list, each once; quotation marks keep a word with a comma together.

    >>> split_words('Mali, "Lomé, port",, Mali , FCFA')
    ['Mali', 'Lomé, port', 'FCFA']
    """
    found = [" ".join((quoted or plain).split()) for quoted, plain in WORD_PATTERN.findall(text)]
    return list(dict.fromkeys(filter(None, found)))


def ids_in_words(words: Sequence[str]) -> list[int]:
    """Return the ids in those words that name a row by its id.

    >>> ids_in_words(["id:7", "Mali", "id:x"])
    [7]
    """
    return [number for word in words if word.startswith(ID_WORD) for number in digits_in(word.removeprefix(ID_WORD))]


def readable_part(word: str) -> str:
    """Return the part of a word that a person reads."""
    for prefix in (NEW_PREFIX, PROPOSED_PREFIX, TYPED_PREFIX):
        word = word.removeprefix(prefix)
    return " ".join(word.split())


def shorten_word(word: str) -> str:
    """Return the word, cut to a length that people read: a longer one is refused anyway."""
    return word if len(word) <= MAX_WORD_LENGTH else f"{word[:MAX_WORD_LENGTH]}…"


def digits_in(text: str) -> list[int]:
    """Return the number that the whole text is, [] when it is none that an id can be."""
    return [int(text)] if re.fullmatch(r"[0-9]{1,18}", text) else []


def parse_path(word: str) -> tuple[str, str] | None:
    """Return (date, slug) of a story's address, with or without the host."""
    found = re.search(r"/(\d{4})/(\d\d)/(\d\d)/([-\w]+)/?$", word, re.ASCII)
    return ("-".join(found.groups()[:3]), found[4]) if found else None
