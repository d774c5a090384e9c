"""Which rewritten or moved paragraph is which: by their words, each with each or, in long texts, by rare words."""

import pytest

from articles import pairing
from articles.pairing import pair


def paragraphs(*words, start=0):
    return {start + place: list(one) for place, one in enumerate(words)}


def pair_paragraphs(old, new):
    left, came = paragraphs(*old), paragraphs(*new)
    return pair(left, came, [(range(len(old)), range(len(new)))])


@pytest.fixture(params=[10_000, 0], ids=["each with each", "by rare words"])
def _every_way(request, monkeypatch):
    monkeypatch.setattr(pairing, "ALL_PAIRS", request.param)


pytestmark = pytest.mark.usefixtures("_every_way")


def test_a_rewritten_paragraph_finds_itself_where_it_went():
    assert pair_paragraphs(["abcd", "efgh", "ijkl"], ["ijkz", "abcy", "efgx"]) == {0: 1, 1: 2, 2: 0}


def test_half_of_the_words_make_it_the_same_paragraph_and_less_does_not():
    assert pair_paragraphs(["abcd"], ["abyz"]) == {0: 0}
    assert pair_paragraphs(["abcd"], ["axyz"]) == {}


def test_each_paragraph_is_paired_once_and_the_most_alike_first():
    assert pair_paragraphs(["abcd", "abce"], ["abce"]) == {1: 0}


def test_words_that_are_everywhere_lead_by_place():
    old, new = ["abcd"] * 9, ["abcz"] * 9
    assert pair_paragraphs(old, new) == {place: place for place in range(9)}


def test_nothing_has_no_partner():
    assert pair_paragraphs([], ["a"]) == pair_paragraphs(["a"], []) == pair_paragraphs([], []) == {}
