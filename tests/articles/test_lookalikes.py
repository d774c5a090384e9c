"""Which names look alike: by example, and for any names whatever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.lookalikes import Likeness, is_one_slip, likeness_of_keys, pairs
from articles.slugs import tag_key

WORDS = st.text("abes", min_size=1, max_size=7)
KEYS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


def find_pairs(one, other):
    return likeness_of_keys(tag_key(one), tag_key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C.E.M.A.C", "CEMAC"),
        ("U.S.A.", "USA"),
        ("Banques centrales", "Banque centrale"),
        ("Bureaux", "Bureau"),
        ("Journaux", "Journal"),
        ("Énergies", "Energy"),
        ("Taxes", "Tax"),
        ("Start-ups", "Start-up"),
    ],
)
def test_plurals_and_dotted_acronyms_look_alike(one, other):
    assert find_pairs(one, other) == Likeness.FORM


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senegall", "Sénégal"),
        ("Cameronu", "Cameroun"),
        ("Mauritnaie", "Mauritanie"),
        ("Burkina Faso", "Burkina Fasso"),
    ],
)
def test_a_slip_of_one_letter_looks_alike(one, other):
    assert find_pairs(one, other) == Likeness.LETTER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mali", "Bali"),
        ("Niger", "Nigeria"),
        ("Gambie", "Zambie"),
        ("Budget 2025", "Budget 2026"),
        ("Togo", "Tonga"),
    ],
)
def test_other_words_do_not(one, other):
    assert find_pairs(one, other) is None


@given(KEYS, KEYS)
def test_likeness_has_no_direction(one, other):
    assert likeness_of_keys(one, other) == likeness_of_keys(other, one)


@given(KEYS)
def test_every_name_is_like_itself_and_its_plural(key):
    assert likeness_of_keys(key, key) == Likeness.FORM
    assert (
        likeness_of_keys(key, f"{key}s") == Likeness.FORM or key.endswith(("s", "x", "z")) or len(key.split()[-1]) < 2
    )


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_slip_is_undone_by_a_slip(one, other):
    neighbours = {one[:n] + c + one[n:] for n in range(len(one) + 1) for c in "abc"}
    neighbours |= {one[:n] + one[n + 1 :] for n in range(len(one))}
    neighbours |= {one[:n] + c + one[n + 1 :] for n in range(len(one)) for c in "abc"}
    neighbours |= {one[:n] + one[n : n + 2][::-1] + one[n + 2 :] for n in range(len(one) - 1)}
    assert is_one_slip(one, other) is (other in neighbours - {one})


@given(st.lists(KEYS, max_size=12, unique=True))
def test_the_pairs_are_those_that_comparing_all_would_find(keys):
    by_id = dict(enumerate(keys))
    every = {(a, b): likeness_of_keys(by_id[a], by_id[b]) for a in by_id for b in by_id if a < b}
    assert pairs(by_id) == {pair: how for pair, how in every.items() if how}


def test_a_crowd_of_equal_names_costs_no_more_than_a_bucket():
    assert len(pairs({number: f"banque{'s' * (number % 2)}" for number in range(10_000)})) == 50 * 49 / 2
