"""How alike two texts are by their words: 0 for nothing in common, 1 for the same words.

The cosine of their weighted words (Salton and Buckley 1988), see articles/lexicon.py.
"""

from __future__ import annotations

import math

from articles.lexicon import WeightedWords


def likeness_of_texts(one: WeightedWords, other: WeightedWords) -> float:
    """Return how alike both are, between 0 and 1; the order does not matter."""
    if not one.length or not other.length:
        return 0.0
    if len(one.weights) > len(other.weights):
        one, other = other, one
    get = other.weights.get
    common = math.fsum(weight * get(word, 0.0) for word, weight in one.weights.items())
    return min(1.0, common / (one.length * other.length))
