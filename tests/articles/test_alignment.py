"""What two sequences have in common, in the order of both: exactly for short ones, at a bounded cost for long ones."""

import random
import time
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import alignment
from articles.alignment import ComparisonBudget, align, steps

ITEMS = st.lists(st.sampled_from("abcdefgh"), max_size=30)
MANY = 5000
SECONDS = 2.5  # of CPU, on the slowest machine that runs these tests; a quadratic comparison takes tens of seconds


def changed(step):
    return step.op == "changed"


@given(ITEMS, ITEMS)
def test_what_stayed_is_the_same_on_both_sides_in_order(old, new):
    at = new_at = 0
    for run in align(old, new):
        assert run.size > 0
        assert (run.old, run.new) >= (at, new_at)
        assert old[run.old : run.old + run.size] == new[run.new : run.new + run.size]
        at, new_at = run.old + run.size, run.new + run.size


@given(ITEMS, ITEMS)
def test_the_steps_are_both_sequences(old, new):
    told = list(steps(old, new))
    assert [item for step in told for item in old[step.old]] == old
    assert [item for step in told for item in new[step.new]] == new
    assert [changed(step) for step in told] == [changed(told[0]) == (number % 2 == 0) for number in range(len(told))]


@given(ITEMS, ITEMS)
def test_cutting_finds_nothing_that_is_not_there(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "MAX_PAIRS_ALIGNED", 4)
        test_what_stayed_is_the_same_on_both_sides_in_order.hypothesis.inner_test(old, new)


@given(ITEMS, ITEMS)
def test_short_sequences_lose_nothing_against_the_standard_library(old, new):
    theirs = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert bool(align(old, new)) == any(size for _old, _new, size in theirs)


def test_a_small_change_of_a_long_text_is_found_exactly():
    old = [number if number % 3 else 0 for number in range(MANY)]  # every third is the same
    new = [*old[:1000], "new", *old[1000:2500], *old[2600:4000], "other", *old[4001:]]
    found = [step for step in steps(old, new) if changed(step)]
    assert [(old[step.old], new[step.new]) for step in found] == [
        ([], ["new"]),
        (old[2500:2600], []),
        (old[4000:4001], ["other"]),
    ]


def test_beyond_the_budget_only_the_ends_stay():
    old, new = list("a1b2c3d"), list("a4b5c6d")
    assert [run.old for run in align(old, new, ComparisonBudget(0))] == [0, 6]
    assert [run.old for run in align(old, new, ComparisonBudget(100))] == [0, 2, 4, 6]


def test_calls_of_one_page_share_a_budget():
    old, new, budget = list("a1b2c"), list("a3b4c"), ComparisonBudget(10)
    assert [len(align(old, new, budget)) for _call in range(2)] == [3, 2]


def by_chance(seed, items):
    return random.Random(seed).choices(items, k=MANY)  # noqa: S311 - the same every time


HOSTILE = {
    "all the same": lambda: (["a"] * MANY, ["a"] * (MANY - 1) + ["b"]),
    "nothing in common": lambda: (range(MANY), range(MANY, 2 * MANY)),
    "every second the same": lambda: (
        [number if number % 2 else "a" for number in range(MANY)],
        [-number if number % 2 else "a" for number in range(MANY)],
    ),
    "two things in turn": lambda: (list("ab") * (MANY // 2), list("ba") * (MANY // 2)),
    "shuffled": lambda: (list(range(MANY)), sorted(range(MANY), key=lambda number: number * 2741 % MANY)),
    "reversed": lambda: (list(range(MANY)), list(reversed(range(MANY)))),
    "few things by chance": lambda: (by_chance(1, "abcdefghij"), by_chance(2, "abcdefghij")),
    "many things by chance": lambda: (by_chance(1, range(MANY)), by_chance(2, range(MANY))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_it_slow(name):
    old, new = HOSTILE[name]()
    before = time.process_time()
    align(list(old), list(new))
    assert time.process_time() - before < SECONDS
