"""Parts of a list by ranges of ids."""

import pytest

from articles.keys import IDS_IN_RANGE
from articles.models import Author
from articles.sql.id_ranges import filled_ranges, in_range, range_of


@pytest.mark.django_db
def test_only_ranges_with_rows_are_named_and_each_row_is_in_one(django_assert_num_queries):
    ids = [1, IDS_IN_RANGE, IDS_IN_RANGE + 1, 5 * IDS_IN_RANGE, 70 * IDS_IN_RANGE + 3]
    Author.objects.bulk_create([Author(pk=pk, name=f"Awa {pk}", slug=f"awa-{pk}") for pk in ids])
    with django_assert_num_queries(1):
        numbers = filled_ranges(Author.objects.all())
    assert numbers == [1, 2, 5, 71] == sorted({range_of(pk) for pk in ids})
    assert [author.pk for number in numbers for author in in_range(Author.objects.all(), number)] == ids


@pytest.mark.django_db
def test_rows_that_a_condition_leaves_out_fill_no_range():
    Author.objects.create(pk=IDS_IN_RANGE + 1, name="Awa", slug="awa")
    assert filled_ranges(Author.objects.filter(slug="koffi")) == []
    assert list(in_range(Author.objects.filter(slug="koffi"), 2)) == []
