"""Numbers that no column can hold are in no row, on both databases."""

import pytest

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [10**40, -(10**40), 2**63])
def test_a_number_too_large_for_a_column_is_found_nowhere(number):
    story = cast.draft()
    assert list(Article.objects.filter(pk__in=[number, story.pk])) == [story]
    assert not Article.objects.filter(pk__in=[number]).exists()


def test_a_query_of_numbers_is_still_one():
    story = cast.draft()
    assert Article.objects.filter(pk__in=Article.objects.values("pk")).get() == story
