"""What is counted of tags."""

import pytest

from articles.models import Section, Tag
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_counts_made_again_are_the_same():
    cast.story(tags=["BVMAC", "Douala"])
    cast.draft(tags=["Cameroun", "Douala"])
    before = _counts()
    Tag.objects.recount()
    Section.objects.recount()
    assert _counts() == before


def _counts():
    return Section.objects.get(slug="finance").story_count, dict(Tag.objects.values_list("name", "story_count"))


def last_use_of(name):
    return Tag.objects.get(name=name).last_used_at


def test_the_last_use_of_a_tag_is_its_newest_published_story():
    new, old = cast.story(tags=["BVMAC"]), cast.story(tags=["BVMAC", "Douala"], hours_ago=50)
    cast.draft(tags=["Douala", "Cameroun"])
    assert [last_use_of(name) for name in ("BVMAC", "Douala", "Cameroun")] == [new.publish_at, old.publish_at, None]


def test_the_last_use_made_again_is_the_same():
    cast.story(tags=["BVMAC", "Douala"])
    cast.story(tags=["Cameroun", "Douala"], hours_ago=9)
    before = list(Tag.objects.order_by("pk").values_list("last_used_at"))
    Tag.objects.update(last_used_at=None)
    Tag.objects.recount()
    assert list(Tag.objects.order_by("pk").values_list("last_used_at")) == before
