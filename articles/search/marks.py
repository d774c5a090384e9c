"""The piece of a text that shows why it was found, with the found words marked."""

from __future__ import annotations

import regex
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search.query import SearchQuery
from articles.terms import terms

SEARCHABLE_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")
WORDS_BEFORE_HIT = 8  # words before the first that was found
EXCERPT_WORDS = 34  # words


def mark_excerpt(text: str, query: SearchQuery) -> SafeString:
    """Return about EXCERPT_WORDS words around the first hit, escaped, with <mark>; “…” where the text is cut."""
    words = list(SEARCHABLE_WORD.finditer(text))
    hit = next((number for number, word in enumerate(words) if _is_hit(word[0], query)), 0)
    first = max(0, hit - WORDS_BEFORE_HIT)
    last = min(len(words), first + EXCERPT_WORDS)
    if not words:
        return SafeString("")
    start, end = (words[first].start() if first else 0), (words[last - 1].end() if last < len(words) else len(text))
    pieces, at = ["… " if first else ""], start
    for number in range(first, last):
        if _is_hit(words[number][0], query):
            pieces += [escape(text[at : words[number].start()]), "<mark>", escape(words[number][0]), "</mark>"]
            at = words[number].end()
    pieces += [escape(text[at:end]), " …" if last < len(words) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of the text is escaped


def _is_hit(word: str, query: SearchQuery) -> bool:
    return any(query.holds(term) for term in terms(word))
