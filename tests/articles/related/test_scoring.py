import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.related.scoring import DAY, FRESHNESS, LIKENESS, SECTION_BONUS, idf, points, recency, weight


def test_a_rare_tag_counts_more_and_a_ubiquitous_one_nothing():
    assert idf(1, 100) > idf(10, 100) > idf(19, 100) > 0
    assert idf(20, 100) == idf(0, 0) == 0


def test_a_tag_that_says_little_counts_little():
    """It counts less than by its rarity alone."""
    parts = [idf(stories, 10_000) / math.log(10_001 / (stories + 1)) for stories in (1, 100, 500, 1000, 1500)]
    assert parts == pytest.approx([1, 0.9, 0.56, 0.25, 0.06], abs=0.01)


def test_what_a_story_has_for_being_new_halves_in_thirty_days():
    assert [recency(age * DAY) for age in (-1, 0, 30, 60)] == [1, 1, 1 - FRESHNESS / 2, 1 - FRESHNESS * 3 / 4]
    assert recency(36500 * DAY) == pytest.approx(1 - FRESHNESS)


@given(st.floats(0.1, 1000), st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_clearly_closer_story_is_never_overruled_by_a_newer_one(weighs, age, other_age):
    assert points(1.04 * weighs, age, same_section=False) > points(weighs, other_age, same_section=False)


def test_of_equals_the_newer_wins():
    assert points(5, 0, same_section=False) > points(5.05, 100 * DAY, same_section=False)


def test_tags_and_likeness_are_summed():
    assert weight([2.0, 3.0], 0.1) == pytest.approx(5 + 0.1 * LIKENESS)


def test_the_section_alone_makes_no_relative():
    assert points(0, 0, same_section=True) == 0
    assert points(1, 0, same_section=True) == 1 + SECTION_BONUS


@given(st.floats(0.1, 1000), st.floats(0, 1e9), st.floats(0, 1e9), st.booleans())
def test_an_older_story_never_has_more_points(weighs, age, more, section):
    assert points(weighs, age, same_section=section) >= points(weighs, age + more, same_section=section) > 0
