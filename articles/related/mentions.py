"""Which names a story is about by its own words: those in its headline, and those that its text has more than once.

Names and texts come as terms (terms.py). A name that is met once in passing says little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from articles.stop_words import STOP_WORDS

MAX_NAME_WORDS = 4
MAX_TEXT_WORDS = 2000  # of a text, from its beginning, that are looked at


@dataclass(frozen=True)
class NameMentions:
    """The terms of a headline and of the text below it, in their order, with a space on both sides of each."""

    headline: str = " "
    text: str = " "

    @classmethod
    def from_terms(cls, headline: list[str], words: list[str]) -> NameMentions:
        return cls(f" {' '.join(headline)} ", f" {' '.join(words[:MAX_TEXT_WORDS])} ")

    def mentions(self, name: str) -> bool:
        """Return whether the headline has this name, or the text more than once.

        >>> NameMentions.from_terms(["la", "bvmac"], ["lome", "a", "lome"]).mentions("lome")
        True
        """
        spaced = f" {name} "
        first = self.text.find(spaced)
        return spaced in self.headline or 0 <= first < self.text.find(spaced, first + 1)

    @cached_property
    def names(self) -> set[str]:
        """Return everything in it that can be a name, with a space between its words.

        >>> sorted(NameMentions.from_terms(["la", "bvmac"], ["lome", "a", "lome"]).names)
        ['bvmac', 'la bvmac', 'lome']
        """
        words = self.text.split()
        again = {word for word, times in Counter(words).items() if times > 1}
        times = Counter(_runs([word if word in again else "" for word in words]))
        return {*_runs(self.headline.split()), *(run for run, number in times.items() if number > 1)}


def can_be_a_name(terms: list[str]) -> bool:
    """Return whether these words can be a name: one to MAX_NAME_WORDS of them, not all of which are common.

    >>> can_be_a_name(["le", "monde"]), can_be_a_name(["le"])
    (True, False)
    """
    return len(terms) <= MAX_NAME_WORDS and any(len(term) > 1 and term not in STOP_WORDS for term in terms)


def _runs(words: list[str]) -> Iterator[str]:
    """Return the runs that can be names, of all words in a row; "" is a gap."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + MAX_NAME_WORDS, len(words)) + 1):
            if not words[end - 1]:
                break
            if can_be_a_name(run := words[start:end]):
                yield " ".join(run)
