"""The newest published stories of each tag, by its index."""

import pytest

from articles.models import Tag, TaggedArticle
from articles.sql import postings
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_each_tag_has_its_newest_published_stories_of_a_language(monkeypatch):
    monkeypatch.setattr(postings, "LIMIT", 1)
    cast.story("Ancienne", tags=["Coton"], hours_ago=5)
    both, sugar = cast.story("Deux", tags=["Coton", "Sucre"], hours_ago=3), cast.story("Sucre", tags=["Sucre"])
    cast.story("En français", tags=["Coton"], language="fr"), cast.draft("Projet", tags=["Coton"])
    ids = {tag.name: tag.pk for tag in Tag.objects.all()}
    found = TaggedArticle.objects.newest_with(list(ids.values()), "en")
    assert sorted(found) == sorted([(ids["Coton"], both.pk), (ids["Sucre"], sugar.pk)])
