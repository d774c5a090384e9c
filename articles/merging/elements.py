"""The outermost elements of a clean body, and what an edit did to each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.alignment import steps
from articles.markup import TOKEN

VOID_ELEMENTS = frozenset(("br", "hr", "img", "col", "wbr", "input"))
MAX_PAIRS_COMPARED = 10_000  # pairs of rewritten elements; beyond them the most alike are not looked for
BASE_LIKENESS = 0.01  # of any two elements
WORD_CHARACTERS = re.compile(r"\w+")


def elements(html: str) -> Iterator[str]:
    """Yield the outermost elements of a clean body, in order, without the space between them.

    >>> list(elements("<p>Un</p><ul><li>a</li></ul>"))
    ['<p>Un</p>', '<ul><li>a</li></ul>']
    """
    depth = start = 0
    for token in TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if not name:
            continue
        depth += -1 if token["end"] else 0 if name in VOID_ELEMENTS else 1
        if depth <= 0 and (token["end"] or name in VOID_ELEMENTS):
            depth = 0
            yield html[start : token.end()].strip()
            start = token.end()
    if rest := html[start:].strip():
        yield rest


def is_nested(html: str) -> bool:
    """Return whether every element ends inside the element in which it began."""
    opened: list[str] = []
    for token in TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if not name or name in VOID_ELEMENTS:
            continue
        if not token["end"]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def edits_of_elements(base: list[str], side: list[str]) -> tuple[list[list[str]], list[list[str]]]:
    """Return (what was inserted before each element of the base and after the last, what became of each)."""
    inserted: list[list[str]] = [[] for _place in range(len(base) + 1)]
    became = [[element] for element in base]
    for step in steps(base, side):
        if step.op == "same":
            continue
        if step.old.start == step.old.stop:
            inserted[step.old.start] = side[step.new]
        else:
            became[step.old] = _rewritten(base[step.old], side[step.new])
    return inserted, became


def _rewritten(old: list[str], new: list[str]) -> list[list[str]]:
    """Return for each old element the new ones that took its place, so that all of them together are `new`."""
    became: list[list[str]] = [[] for _element in old]
    partners = _partners([_distinct_words(element) for element in old], [_distinct_words(element) for element in new])
    place = 0
    for number, element in enumerate(new):
        place = partners.get(number, place)
        became[place].append(element)
    return became


def _partners(old: list[frozenset[str]], new: list[frozenset[str]]) -> dict[int, int]:
    """Return {place in new: place in old} of the most alike, in order; where nothing is alike, one after the other."""
    if len(old) * len(new) > MAX_PAIRS_COMPARED:
        return {number: min(number, len(old) - 1) for number in range(len(new))}
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for one, here in enumerate(old):
        for other, there in enumerate(new):
            paired = best[one][other] + BASE_LIKENESS + len(here & there) / max(len(here | there), 1)
            best[one + 1][other + 1] = max(paired, best[one][other + 1], best[one + 1][other])
    partners, one, other = {}, len(old), len(new)
    while one and other:
        if best[one][other] == best[one - 1][other]:
            one -= 1
        elif best[one][other] == best[one][other - 1]:
            other -= 1
        else:
            one, other = one - 1, other - 1
            partners[other] = one
    return partners


def _distinct_words(html: str) -> frozenset[str]:
    return frozenset(WORD_CHARACTERS.findall(TOKEN.sub(" ", html)))
