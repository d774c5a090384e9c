"""The words that a text is found by, the same on every database: no case, no accents, no punctuation."""

from __future__ import annotations

import regex

from articles.characters import word_by_word
from articles.slugs import folded

# Scripts that put no space between words: each character is a term, and what was typed together is a phrase.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
TERM = regex.compile(rf"[{UNSPACED}]\p{{M}}*|[[\p{{L}}\p{{N}}\p{{M}}]--[{UNSPACED}]]+", regex.V1)
MAX_TERM_LENGTH = 60  # characters of a term; PostgreSQL takes 2,046 bytes
ACRONYM = regex.compile(r"\b(?:\p{L}\.){2,}")  # C.E.M.A.C. is CEMAC


def terms(text: str) -> list[str]:
    """Return the terms of a text in their order.

    >>> terms("L’Électricité de Côte-d’Ivoire (C.I.E.)")
    ['l', 'electricite', 'de', 'cote', 'd', 'ivoire', 'cie']
    """
    return [term for found in _terms(text) for term in found]


@word_by_word
def _terms(unspaced: str) -> list[str]:
    found = TERM.findall(folded(ACRONYM.sub(lambda acronym: acronym[0].replace(".", ""), unspaced)))
    return [term[:MAX_TERM_LENGTH] for term in found]
