"""Merges two edits of a body: element by element, and inside one element word by word."""

from __future__ import annotations

from collections.abc import Iterator

from articles.merging.elements import edits_of_elements, elements
from articles.merging.words import merge_words

ElementVersions = tuple[list[str], list[str], list[str]]  # elements of the base, of mine and of theirs
HTMLClash = tuple[str, str, str]  # the same as HTML


def merge_bodies(base: str, mine: str, theirs: str) -> Iterator[str | HTMLClash]:
    """Yield the elements of the merged body in order, and in their places the clashes of both sides.

    Neighbours that both sides changed are one clash, because they are read together.
    """
    old, one, other = (list(elements(html)) for html in (base, mine, theirs))
    clashing: list[ElementVersions] = []
    for before, here, there in _steps(old, one, other):
        merged = _merged_step(before, here, there)
        if merged is None:
            clashing.append((before, here, there))
        elif merged:
            if clashing:
                yield _joined(clashing)
                clashing = []
            yield from merged
    if clashing:
        yield _joined(clashing)


def _steps(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[ElementVersions]:
    """Yield the places of the base in order, with both sides: what came before an element, and what became of it."""
    here_inserted, here_became = edits_of_elements(base, mine)
    there_inserted, there_became = edits_of_elements(base, theirs)
    for place, element in enumerate(base):
        yield [], here_inserted[place], there_inserted[place]
        yield [element], here_became[place], there_became[place]
    yield [], here_inserted[-1], there_inserted[-1]


def _merged_step(before: list[str], here: list[str], there: list[str]) -> list[str] | None:
    """Return the merged elements, None for a clash."""
    if there in (here, before):
        return here
    if here == before:
        return there
    if len(before) == len(here) == len(there) == 1:
        merged = merge_words(before[0], here[0], there[0])
        return None if merged is None else [merged]
    return None


def _joined(steps: list[ElementVersions]) -> HTMLClash:
    base, mine, theirs = ("".join(element for step in steps for element in step[side]) for side in range(3))
    return base, mine, theirs
