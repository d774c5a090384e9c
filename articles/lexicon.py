"""The words of texts, each weighted by how few stories have it.

A word counts 1 + ln(times it is used), those of the headline HEADLINE times more, and all that the more the fewer
stories have it (Salton and Buckley 1988).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from itertools import islice, takewhile

from articles.stop_words import STOP_WORDS

MAX_SHARE = 0.3  # a word in a larger part of the stories says nothing
HEADLINE = 2  # times that a word of the headline counts
MAX_WORDS_OF_TEXT = 2000  # words of a text that are looked at
KEYWORDS_STORED = 26  # words by which a text is found that other texts have too, and …
KEYWORDS_SOUGHT = (
    40  # … by which it finds others: more, because a word that characterises one text may characterise another less
)
NEW_KEYWORDS = (
    6  # … besides words that no counted text has, if it uses them more than once: a name that was never in the news
)


@dataclass(frozen=True)
class WeightedWords:
    """The words of a text with their weights, and the root of the sum of their squares."""

    weights: Mapping[str, float]
    times: Mapping[str, int] = field(repr=False)

    @cached_property
    def length(self) -> float:
        return math.sqrt(sum(weight * weight for weight in self.weights.values()))

    def share(self, word: str) -> float:
        """Return what a word of the text weighs in it, from 0 to 1 for its only one."""
        return round(self.weights[word] / self.length, 3)


@dataclass(frozen=True)
class Lexicon:
    """The number of `stories` with each word; words of a single one are left out."""

    stories: int = 0
    counts: Mapping[str, int] = field(default_factory=dict, repr=False)

    def text(self, headline: list[str], words: list[str]) -> WeightedWords:
        """Return the weighted words of a text, each longer than one letter."""
        times = Counter(words[:MAX_WORDS_OF_TEXT])
        for word in headline:
            times[word] += HEADLINE
        weight_of, of_unknown = self._weights.get, self._weigh(1)
        weights = {
            word: (1 + math.log(number)) * weight
            for word, number in times.items()
            if (weight := weight_of(word, of_unknown)) and len(word) > 1
        }
        return WeightedWords(weights, times)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """Return the weight of each word that is counted or says nothing, for the many texts that a save compares."""
        by_count = {count: self._weigh(count) for count in set(self.counts.values())}
        return {word: by_count[count] for word, count in self.counts.items()} | dict.fromkeys(STOP_WORDS, 0.0)

    def _weigh(self, count: int) -> float:
        """Return 0 for a word that too many stories have, and the most for one that no counted story has."""
        if count > 1 and count > MAX_SHARE * self.stories:
            return 0.0
        return math.log((self.stories + 1) / (count + 1)) if self.stories > 1 else 1.0

    def share(self, word: str) -> float:
        """Return at most which part of the counted stories has this word; 1 when none were counted."""
        return self._part(self.counts.get(word, 1))

    def share_beginning(self, prefix: str) -> float:
        """Return at most which part of the counted stories has a word with this beginning."""
        start = bisect_left(self._words, prefix)
        words = takewhile(lambda word: word.startswith(prefix), islice(self._words, start, None))
        return self._part(1 + sum(self.counts[word] for word in words))

    def _part(self, stories: int) -> float:
        return min(1.0, stories / self.stories) if self.stories else 1.0

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self.counts)

    def telling(self, text: WeightedWords, number: int = KEYWORDS_STORED) -> list[str]:
        """Return the words that tell it best from others, the heaviest first: up to this number, and new ones."""
        known = ((weight, word) for word, weight in text.weights.items() if word in self.counts)
        new = (
            (weight, word) for word, weight in text.weights.items() if word not in self.counts and text.times[word] > 1
        )
        return [word for _weight, word in [*nlargest(number, known), *nlargest(NEW_KEYWORDS, new)]]
