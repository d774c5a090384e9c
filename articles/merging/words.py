"""Merges two edits of one element of a body word by word."""

from __future__ import annotations

import re

from articles.alignment import steps
from articles.merging.elements import is_nested

WORD_OR_TAG = re.compile(r"<[^>]*>|[^<\s]+\s*|\s+")  # a word with the space after it: neighbours touch


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """Merge two edits of one element by words; None where they touch, or where their marks would overlap.

    >>> merge_words("<p>Un port ferme tôt.</p>", "<p>Un grand port ferme tôt.</p>", "<p>Un port ferme ici.</p>")
    '<p>Un grand port ferme ici.</p>'
    >>> merge_words("<p>Le port ferme.</p>", "<p>Le port rouvre.</p>", "<p>Le port dort.</p>")
    """
    old, one, other = (WORD_OR_TAG.findall(html) for html in (base, mine, theirs))
    edits = sorted({*_word_edits(old, one), *_word_edits(old, other)})
    merged, place, end = list[str](), 0, -1
    for start, stop, new in edits:
        if start <= end:
            return None
        merged += [*old[place:start], *new]
        place, end = stop, stop
    html = "".join(merged + old[place:])
    return html if is_nested(html) else None


def _word_edits(old: list[str], new: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return (where it begins in the old, where it ends, what stands there now) of each change."""
    return [(step.old.start, step.old.stop, tuple(new[step.new])) for step in steps(old, new) if step.op == "changed"]
