"""Names of tags that may mean the same: a plural, an acronym with dots, a slip of one letter. Names come as keys.

Finding pairs among many takes time in proportion to their number: names meet in buckets, never all with all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations, product

MIN_LETTERS_OF_SLIP = 6  # letters from which a slip of one makes no other word
BUCKET = 50  # names that are compared with each other at most
PLURALS = [  # French and English; what comes of it need not be a word, only the same for both numbers
    (re.compile(r"(?<=...)(eau|eu|ou)x$"), r"\1"),  # bureaux, jeux, bijoux
    (re.compile(r"(?<=...)aux$"), "al"),  # journaux
    (re.compile(r"(?<=..)(?<!s)s$"), ""),  # banques, taxes, energies
    (re.compile(r"(?<=..)(x|ch|sh|ss|z)e$"), r"\1"),  # box from boxe(s)
    (re.compile(r"(?<=..)(ie|y)$"), "i"),  # energie(s), energy
]
DIGITS = re.compile(r"\d+")


class Likeness(StrEnum):
    FORM = "form"  # a plural or an acronym of the other
    LETTER = "letter"  # one letter more, less, other or at its neighbour's place


def likeness_of_keys(one: str, other: str) -> Likeness | None:
    """Return how two keys look alike; None when they do not.

    >>> likeness_of_keys("c e m a c", "cemac"), likeness_of_keys("banques centrales", "banque centrale")
    (<Likeness.FORM: 'form'>, <Likeness.FORM: 'form'>)
    >>> [likeness_of_keys(*keys) for keys in [("senegall", "senegal"), ("gambie", "zambie"), ("niger", "nigeria")]]
    [<Likeness.LETTER: 'letter'>, None, None]
    >>> likeness_of_keys("mondial 2026", "mondial 2025")
    """
    first, second = normal_form(one), normal_form(other)
    if first == second:
        return Likeness.FORM
    return Likeness.LETTER if _may_be_a_slip(first, second) else None


def normal_form(key: str) -> str:
    """Return the key with acronyms in one word and without plurals.

    >>> normal_form("c e m a c"), normal_form("journaux d energies")
    ('cemac', 'journal d energi')
    """
    joined = re.sub(r"\b(\w) (?=\w\b)", r"\1", key)
    return " ".join(map(_singular, joined.split(" ")))


def is_one_slip(one: str, other: str) -> bool:
    """Return whether one letter too many, too few, wrong or swapped with the next turns one text into the other.

    >>> is_one_slip("lome", "lmoe"), is_one_slip("lome", "lom"), is_one_slip("lome", "lome")
    (True, True, False)
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    first, second = one[start:], other[start:]
    if len(first) < len(second):
        first, second = second, first
    if len(first) != len(second):
        return first[1:] == second
    swapped = first[:2] == second[1::-1] and first[2:] == second[2:]
    return first != second and (first[1:] == second[1:] or swapped)


def find_look_alikes(key: str, others: Iterable[str]) -> list[str]:
    """Return those of the other keys that look like this one, plurals before slips.

    >>> find_look_alikes("port de lome", ["port de lomme", "ports de lome", "port de cotonou", "port de lome"])
    ['ports de lome', 'port de lomme']
    """
    found = [(how, other) for other in others if other != key and (how := likeness_of_keys(key, other))]
    return [other for _how, other in sorted(found)]


def pairs(keys: Mapping[int, str]) -> dict[tuple[int, int], Likeness]:
    """Return the ids, in order, of all keys that look alike; of very many in one bucket, the first fifty."""
    forms: dict[str, list[int]] = defaultdict(list)
    for pk in sorted(keys):
        forms[normal_form(keys[pk])].append(pk)
    found = {pair: Likeness.FORM for ids in forms.values() for pair in _all_pairs(ids)}
    letters: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if len(form) >= MIN_LETTERS_OF_SLIP:
            letters[form[0]].append(form)
    for group in letters.values():  # a letter at a time: what is kept in memory is a twentieth
        for one, other in filter(lambda two: _may_be_a_slip(*two), set(_slips(group))):
            for first, second in product(forms[one][:BUCKET], forms[other][:BUCKET]):
                found[min(first, second), max(first, second)] = Likeness.LETTER
    return found


def _may_be_a_slip(first: str, second: str) -> bool:
    """Return whether two normal forms may differ by a slip: not short ones, other numbers or other first letters."""
    return (
        min(len(first), len(second)) >= MIN_LETTERS_OF_SLIP
        and first[0] == second[0]
        and is_one_slip(first, second)
        and DIGITS.findall(first) == DIGITS.findall(second)
    )


def _singular(word: str) -> str:
    for ending, instead in PLURALS:
        word = ending.sub(instead, word)
    return word


def _slips(forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs with the same first letter that may differ by one slip: they are the same without one letter."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        for shorter in {form, *(form[:place] + form[place + 1 :] for place in range(1, len(form)))}:
            buckets[shorter].append(form)
    for bucket in buckets.values():
        yield from combinations(bucket[:BUCKET], 2)


def _all_pairs(ids: list[int]) -> Iterator[tuple[int, int]]:
    return combinations(ids[:BUCKET], 2)
