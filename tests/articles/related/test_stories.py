"""Which stories may stand beside another."""

import pytest
from django.utils import timezone

from articles.related.stories import fetch_eligible, fetch_eligible_and_latest
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    return {
        "public": cast.story("Le port de Lomé", hours_ago=3),
        "draft": cast.draft("Un brouillon"),
        "never": cast.story("Jamais à côté", never_teased=True),
        "french": cast.story("Le port de Cotonou", language="fr"),
        "paid": cast.story("Une annonce", label="sponsored"),
    }


def eligible(stories, *excluded):
    ids = [story.pk for story in stories.values()]
    found = fetch_eligible(ids, excluded_ids=list(excluded), language="en", at=timezone.now())
    return {story.headline for story in found}


def test_hidden_stories_and_other_languages_never_stand_beside_one(stories):
    assert eligible(stories) == {"Le port de Lomé", "Une annonce"}
    assert eligible(stories, stories["public"].pk) == {"Une annonce"}


def test_the_latest_of_the_site_are_unpaid(stories, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = fetch_eligible_and_latest([], section=None, excluded_ids=[], language="en", at=timezone.now())
    assert {story.headline for story in found} == {"Le port de Lomé"}
