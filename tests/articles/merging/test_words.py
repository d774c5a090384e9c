"""Two edits of one element merge word by word where they do not touch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.merging.words import merge_words

WORDS = st.lists(
    st.sampled_from(["le", "port", "de", "Lomé", "<em>ferme</em>", "rouvre", "<strong>à", "minuit</strong>"]),
    max_size=8,
)
PROSE = WORDS.map(lambda words: f"<p>{' '.join(words)}</p>")


@given(PROSE, PROSE)
def test_words_that_one_side_changed_stay_changed(base, one):
    assert merge_words(base, one, base) in (one, None)


@given(PROSE, PROSE, PROSE)
def test_words_merge_the_same_whoever_comes_first(base, one, other):
    assert merge_words(base, one, other) == merge_words(base, other, one)


@given(st.lists(st.sampled_from("abcdef"), min_size=5, max_size=12), st.data())
def test_changes_of_words_that_do_not_touch_all_come_in(words, data):
    gap = data.draw(st.integers(1, len(words) - 3))
    before, after = [f"{word}1" for word in words[:gap]], [f"{word}2" for word in words[gap + 1 :]]
    base = [*(f"{number}{word}" for number, word in enumerate(words))]
    html = "<p>{}</p>".format
    one, other = html(" ".join(before + base[gap:])), html(" ".join(base[: gap + 1] + after))
    assert merge_words(html(" ".join(base)), one, other) == html(" ".join([*before, base[gap], *after]))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("<p>Le quai ferme à minuit.</p>", "<p>Le port rouvre à minuit.</p>"),  # neighbours
        ("<p>Le port ferme <em>à minuit.</em></p>", "<p>Le port <strong>ferme à</strong> minuit.</p>"),  # would overlap
        ("<p>Le port ferme là à minuit.</p>", "<p>Le port ferme ici à minuit.</p>"),  # one place
    ],
)
def test_edits_that_touch_are_a_clash(mine, theirs):
    assert merge_words("<p>Le port ferme à minuit.</p>", mine, theirs) is None
