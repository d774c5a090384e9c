import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.kinship import DAY, FLOOR, LIKENESS, SECTION_BONUS, idf, points, recency, weight


def test_a_rare_tag_counts_more_and_a_ubiquitous_one_nothing():
    assert idf(1, 100) > idf(10, 100) > idf(20, 100) > 0
    assert idf(21, 100) == 0


def test_recency_halves_in_thirty_days_down_to_a_floor():
    assert [recency(age * DAY) for age in (-1, 0, 30, 60, 3650)] == [1, 1, 0.5, 0.25, FLOOR]


def test_tags_and_likeness_are_summed():
    assert weight([2.0, 3.0], 0.1) == pytest.approx(5 + 0.1 * LIKENESS)


def test_the_section_alone_makes_no_relative():
    assert points(0, 0, same_section=True) == 0
    assert points(1, 0, same_section=True) == 1 + SECTION_BONUS


@given(st.floats(0.1, 1000), st.floats(0, 1e9), st.floats(0, 1e9), st.booleans())
def test_an_older_story_never_has_more_points(weighs, age, more, section):
    assert points(weighs, age, same_section=section) >= points(weighs, age + more, same_section=section) > 0
