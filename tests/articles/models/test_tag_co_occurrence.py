"""Tags on the same stories: what counts as the same, and what it costs to find them."""

import pytest

from articles.models import Article, Tag, TaggedArticle
from articles.models.tag_co_occurrence import always_together
from tests.articles import cast

pytestmark = pytest.mark.django_db


def names(pairs):
    tags = Tag.objects.in_bulk()
    return [{tags[one].name, tags[other].name} for one, other in pairs]


def stories(number, *tags):
    found = Tag.objects.for_names(list(tags))
    new = Article.objects.bulk_create(Article(headline="Une", section=cast.section()) for _number in range(number))
    TaggedArticle.objects.bulk_create(TaggedArticle(content_object=one, tag=tag) for one in new for tag in found)


def test_two_names_of_one_thing_stand_on_the_same_stories():
    stories(5, "Zlecaf", "Zone de libre-échange", "Afrique")
    stories(5, "Afrique")
    assert names(always_together()) == [{"Zlecaf", "Zone de libre-échange"}]


@pytest.mark.parametrize(("both", "one", "found"), [(18, 2, True), (17, 3, False)])
def test_nine_in_ten_stories_have_both(both, one, found):
    stories(both, "Zlecaf", "Zone de libre-échange")
    stories(one, "Zlecaf")
    assert bool(always_together()) is found


def test_a_few_stories_say_nothing():
    stories(4, "Zlecaf", "Zone de libre-échange")
    assert always_together() == []


def test_those_with_most_in_common_come_first():
    stories(5, "Peu", "Rare")
    stories(9, "Grand", "Beaucoup")
    assert names(always_together()) == [{"Grand", "Beaucoup"}, {"Peu", "Rare"}]


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_two_queries(number, django_assert_num_queries):
    for pair in range(number):
        stories(5, f"Un {pair}", f"Autre {pair}")
    with django_assert_num_queries(2):
        assert len(always_together()) == number
