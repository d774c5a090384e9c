"""Reads the words of each language in dateline_words.py and teaser_words.py, where commas separate them."""

from __future__ import annotations

import re
from collections.abc import Iterable


def list_words(languages: Iterable[object], *kinds: str) -> list[str]:
    """Return these languages' words of some kinds, the longest first, each once.

    >>> from articles.dateline_words import DatelineWords
    >>> list_words([DatelineWords(by="Par, PAR"), DatelineWords(by="By, Written by")], "by")
    ['Written by', 'PAR', 'Par', 'By']
    """
    lists = (getattr(words, kind) for words in languages for kind in kinds)
    words = {word.strip() for listed in lists for word in listed.split(",") if word.strip()}
    return sorted(words, key=lambda word: (-len(word), word))


def any_word(languages: Iterable[object], *kinds: str) -> str:
    """Return an alternation of these words for a regular expression."""
    return "|".join(r"\s".join(map(re.escape, word.split())) for word in list_words(languages, *kinds))
