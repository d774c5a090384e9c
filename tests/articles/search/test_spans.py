from hypothesis import given
from hypothesis import strategies as st

from articles.search.spans import BITS, NUMBERS, spans_covering

moments = st.integers(-(1 << 63), (1 << 63) - 1)


def spans_of_moment(moment):
    """Return the numbers of the spans that a moment lies in, as the index computes them."""
    return [(moment >> bits) * NUMBERS + level for level, bits in enumerate(BITS)]


@given(moments, moments, st.floats(0, 1))
def test_a_period_is_covered_by_a_few_spans(one, other, share):
    start, end = min(one, other), max(one, other) + 1
    inside = min(end - 1, start + int(share * (end - start)))
    numbers = spans_covering(start, end)
    assert len(numbers) == len(set(numbers)) <= 64 + 2 * 15 * (len(BITS) - 1)
    for moment in (start, inside, end - 1):
        assert len({*spans_of_moment(moment)} & {*numbers}) == 1


@given(moments, st.integers(0, 1 << 50))
def test_what_is_a_finest_span_away_is_not_covered(start, length):
    numbers = {*spans_covering(start, start + length + 1)}
    assert numbers.isdisjoint(spans_of_moment(start - (1 << BITS[0])))
    assert numbers.isdisjoint(spans_of_moment(start + length + (1 << BITS[0])))
