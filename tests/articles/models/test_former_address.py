"""A former address leads to one thing, or tells that it is gone."""

import pytest

from articles.models import FormerAddress, Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def coton():
    return Tag.objects.create_named("Coton")


def test_an_address_leads_to_the_last_that_had_it(coton):
    FormerAddress.objects.record("/tag/or-blanc/", cast.section())
    FormerAddress.objects.record("/tag/or-blanc/", coton)
    assert FormerAddress.objects.target_of("/tag/or-blanc/").target == coton
    assert FormerAddress.objects.target_of("/tag/sucre/") is None


def test_an_address_that_a_thing_has_again_is_forgotten(coton):
    FormerAddress.objects.close("/tag/coton/")
    FormerAddress.objects.record("/tag/coton/", coton)
    assert not FormerAddress.objects.exists()


def test_what_is_gone_for_good_has_no_target(coton):
    FormerAddress.objects.record("/tag/or-blanc/", coton)
    assert not FormerAddress.objects.is_closed("/tag/or-blanc/")
    FormerAddress.objects.close("/tag/or-blanc/")
    assert FormerAddress.objects.is_closed("/tag/or-blanc/")
    assert FormerAddress.objects.target_of("/tag/or-blanc/").target is None


def test_many_addresses_are_forgotten(monkeypatch, coton):
    monkeypatch.setattr("articles.models.former_address.PATHS_PER_QUERY", 2)
    paths = [f"/tag/{number}/" for number in range(5)]
    for path in paths:
        FormerAddress.objects.record(path, coton)
    FormerAddress.objects.forget(paths[:4])
    assert [row.path for row in FormerAddress.objects.all()] == paths[4:]
