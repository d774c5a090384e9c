"""Parses what a reader typed: words that must all occur, phrases in quotes, the last word perhaps unfinished."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from articles.models.search_entry import PART_SEPARATOR
from articles.terms import terms

MAX_TERMS = 12
PREFIX_FROM = 3  # letters; fewer would match half of all words
QUOTED = re.compile(r"[\"“„«]([^\"”“»]*)(?:[\"”“»]|$)")


@dataclass(frozen=True)
class SearchQuery:
    """A parsed query. Terms are folded as in articles/terms.py."""

    phrases: tuple[tuple[str, ...], ...]  # each of one term or more
    prefix: str = ""  # beginning of the last word

    def __bool__(self) -> bool:
        return bool(self.phrases or self.prefix)

    @cached_property
    def words(self) -> set[str]:
        """Return every whole term."""
        return {term for phrase in self.phrases for term in phrase}

    def holds(self, term: str) -> bool:
        """Return whether a term of a text is one that was asked for."""
        return term in self.words or bool(self.prefix and term.startswith(self.prefix))

    def is_in(self, words: str, facets: list[str]) -> bool:
        """Return whether a search entry has all terms and these facets, as both engines would say."""
        text = f" {words} "
        whole = [" ".join(phrase) for phrase in self.phrases] + facets
        return all(f" {part} " in text for part in whole) and (not self.prefix or f" {self.prefix}" in text)


def parse_query(text: str) -> SearchQuery:
    """Parse what was typed. Nothing is an error: anything that is not a term is left out, as are terms past MAX_TERMS.

    >>> parse_query('Électricité "Côte d’Ivoire" bou')
    SearchQuery(phrases=(('cote', 'd', 'ivoire'), ('electricite',)), prefix='bou')
    """
    phrases = [tuple(terms(found)) for found in QUOTED.findall(text)]
    rest = QUOTED.sub(" ", text)
    words = rest.split()
    for word in words:
        phrases.append(tuple(terms(word)))
    prefix = ""
    unfinished = words and rest == rest.rstrip() and phrases[-1]
    if unfinished and len(phrases[-1]) == 1 and len(phrases[-1][0]) >= PREFIX_FROM:
        prefix = phrases.pop()[0]
    kept, count = [], 0
    for phrase in dict.fromkeys(filter(None, phrases)):
        count += len(phrase)
        if count > MAX_TERMS:
            break
        kept.append(phrase)
    return SearchQuery(tuple(kept), prefix)


def for_sqlite(words: Collection[str], facets: list[str], prefix: str) -> str:
    """Return what holds all this in FTS5's language, https://www.sqlite.org/fts5.html#full_text_query_syntax."""
    parts = [f'"{term}"' for term in _indexed(words, facets, prefix)]
    if prefix:
        parts.append(f'"{prefix}" *')
    return " AND ".join(parts)


def for_postgres(words: Collection[str], facets: list[str], prefix: str) -> str:
    """Return the same as a tsquery, https://www.postgresql.org/docs/current/datatype-textsearch.html."""
    parts = [f"'{term}'" for term in _indexed(words, facets, prefix)]
    if prefix:
        parts.append(f"'{prefix}':*")
    return " & ".join(parts)


def _indexed(words: Collection[str], facets: list[str], prefix: str) -> list[str]:
    """Return the terms that are sought; one that every text has when nothing else is."""
    return [*sorted(words), *facets] or ([] if prefix else [PART_SEPARATOR])
