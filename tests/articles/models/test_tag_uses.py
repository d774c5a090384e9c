import pytest

from articles.models import Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_stories_are_counted_by_state():
    tag = Tag.objects.create_named("Bénin")
    cast.story("Une", tags=["Bénin"])
    cast.story("Deux", tags=["Bénin"], hours_ago=-5)
    for headline in ("Trois", "Quatre"):
        cast.draft(headline, tags=["Bénin"])
    tag.refresh_from_db()
    assert tag.stories_by_state() == {"published": 1, "scheduled": 1, "draft": 2}


def test_an_unused_tag_has_no_states():
    assert Tag.objects.create_named("Bénin").stories_by_state() == {}


def test_the_tags_beside_it_are_those_that_share_the_most_stories():
    benin = Tag.objects.create_named("Bénin")
    cast.story("Une", tags=["Coton", "Bénin"])
    cast.story("Deux", tags=["Bénin", "Port", "Coton"])
    cast.story("Trois", tags=["Autre"])
    assert [(tag.name, tag.together) for tag in benin.co_occurring()] == [("Coton", 2), ("Port", 1)]


def test_only_the_newest_stories_say_which_tags_stand_beside_it(monkeypatch):
    monkeypatch.setattr("articles.models.tag_uses.STORIES_OF_TAG_READ", 1)
    benin = Tag.objects.create_named("Bénin")
    cast.story("Une", tags=["Coton", "Bénin"], hours_ago=2)
    cast.story("Deux", tags=["Port", "Bénin"], hours_ago=1)
    assert [tag.name for tag in benin.co_occurring()] == ["Port"]
