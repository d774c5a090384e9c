"""What becomes of measured numbers: medians with their spread, shares of a row, ratios."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The spread of one figure over several rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """
        >>> str(Spread.of([3, 1, 2])), str(Spread.of([0.0123])), str(Spread.of([1204.4, 1190.2]))
        ('2.0 (1.0–3.0)', '0.012', '1197 (1190–1204)')
        """
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self) -> str:
        if self.low == self.high:
            return short(self.median)
        return f"{short(self.median)} ({short(self.low)}–{short(self.high)})"


def ratio(some: Sequence[float], others: Sequence[float]) -> Spread:
    """Return the ratios round by round, as both were measured under the same conditions; infinite against zero.

    >>> str(ratio([10, 20], [5, 5]))
    '3.0 (2.0–4.0)'
    """
    return Spread.of([one / other if other else math.inf for one, other in zip(some, others, strict=True)])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that this share of all does not exceed; NaN of none.

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.99)
    (2, 4)
    """
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def short(value: float) -> str:
    """Return the figure with its significant digits.

    >>> [short(value) for value in (0, 0.04123, 0.5, 7.26, 31.41, 204.6)]
    ['0', '0.041', '0.50', '7.3', '31', '205']
    """
    if not math.isfinite(value) or value == 0 or abs(value) >= 10:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"
