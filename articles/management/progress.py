"""The progress of a long command: a line every second or so."""

from __future__ import annotations

import time
from collections.abc import Callable

REPORT_EVERY = 1.0  # seconds


class Progress:
    """A report of how many of `total` (None: unknown) are done, how fast, and how long the rest takes."""

    def __init__(self, say: Callable[[str], object], total: int | None) -> None:
        self.say, self.total = say, total
        self.begun = self.said = time.monotonic()

    def show(self, number: int) -> None:
        now = time.monotonic()
        if now - self.said < REPORT_EVERY:
            return
        self.said = now
        rate = number / (now - self.begun)
        left = f", {max(0, self.total - number) / rate:.0f} s to go" if self.total else ""
        self.say(f"{number}{f' of {self.total}' if self.total else ''}, {rate:.0f} a second{left}")
