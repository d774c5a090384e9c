"""The words that a text is found by, the same on every database: no case, no accents, no punctuation."""

from __future__ import annotations

import regex

from articles.short_cache import cache_short
from articles.slugs import folded

# Scripts that put no space between words: each character is a term, and what was typed together is a phrase.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
TERM = regex.compile(rf"[{UNSPACED}]\p{{M}}*|[[\p{{L}}\p{{N}}\p{{M}}]--[{UNSPACED}]]+", regex.V1)
MAX_TERM_LENGTH = 60  # characters of a term; PostgreSQL takes 2,046 bytes
MAX_CACHED_LENGTH = 40  # characters; what is longer is a paragraph of Chinese or an address, and seldom comes again
ACRONYM = regex.compile(r"\b(?:\p{L}\.){2,}")  # C.E.M.A.C. is CEMAC


def terms(text: str) -> list[str]:
    """Return the terms of a text in their order.

    >>> terms("L’Électricité de Côte-d’Ivoire (C.I.E.)")
    ['l', 'electricite', 'de', 'cote', 'd', 'ivoire', 'cie']
    """
    return [term for part in text.split() for term in _terms(part)]


@cache_short(maxsize=1 << 14, longest=MAX_CACHED_LENGTH)  # most words occur again and again
def _terms(unspaced: str) -> list[str]:
    found = TERM.findall(folded(ACRONYM.sub(lambda acronym: acronym[0].replace(".", ""), unspaced)))
    return [term[:MAX_TERM_LENGTH] for term in found]
