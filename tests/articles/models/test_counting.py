"""Counts of published stories: true after every change, and locked only at the end of a save."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Tag
from articles.models.counting import StoryCounts
from tests.articles import cast

pytestmark = pytest.mark.django_db


def counts():
    return dict(Tag.objects.values_list("name", "story_count"))


def test_a_story_that_is_not_published_is_not_counted():
    assert StoryCounts.of_story({"status": "review", "section_id": 1, "publish_at": None}, [1]) == StoryCounts()


def test_tags_that_come_and_go_are_counted_once():
    story = cast.story(tags=["Mali", "Togo"])
    story.set_tags(Tag.objects.for_names(["Togo", "Togo", "Niger"]))
    assert counts() == {"Mali": 0, "Niger": 1, "Togo": 1}


def test_a_withdrawn_story_leaves_the_last_use_to_another():
    earlier = cast.story(tags=["Mali"], hours_ago=5)
    cast.story("Un autre titre", tags=["Mali"], hours_ago=1).withdraw(cast.editor("binta"))
    assert (counts(), Tag.objects.get().last_used_at) == ({"Mali": 1}, earlier.publish_at)


def test_a_story_that_moves_in_time_moves_the_last_use():
    story = cast.story(tags=["Mali"], hours_ago=1)
    story.publish_at -= datetime.timedelta(days=1)
    story.store()
    assert Tag.objects.get().last_used_at == story.publish_at


def test_common_rows_are_written_after_everything_of_the_story_itself():
    story = cast.draft(tags=["Mali"])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        story.publish(cast.editor())
    tables = [query["sql"].split('"')[1] for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]
    first = tables.index("articles_section")
    assert "articles_tag" in tables[first:]
    assert not {"articles_article", "articles_searchentry", "articles_taggedarticle"} & set(tables[first:])
