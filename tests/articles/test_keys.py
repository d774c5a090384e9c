"""Keys of lists by month, and the SQL that writes the same keys."""

import datetime
import uuid

import pytest
from django.db import connection

from articles import keys
from articles.keys import MOST_MONTHS, KeySQL, months_between, of_months
from articles.models import Article
from tests.articles import cast


def test_a_page_names_the_months_that_it_spans_but_not_too_many():
    first = datetime.datetime(2024, 12, 31, 23, 30, tzinfo=datetime.UTC)
    assert months_between(first, first) == ["2024-12"]
    assert months_between(first, datetime.datetime(2025, 2, 1, tzinfo=datetime.UTC)) == [
        "2024-12",
        "2025-01",
        "2025-02",
    ]
    years_later = first.replace(year=first.year + MOST_MONTHS // 12)
    assert months_between(first, years_later) is None


def test_months_are_those_of_utc():
    lagos = datetime.timezone(datetime.timedelta(hours=1))
    moment = datetime.datetime(2026, 1, 1, 0, 30, tzinfo=lagos)
    assert months_between(moment, moment) == ["2025-12"]


def test_without_months_the_key_is_the_whole_lists():
    assert of_months("stories-en", None) == ["stories-en"]
    assert of_months("stories-en", []) == []


def test_a_long_slug_has_a_key_that_fits_the_column():
    assert len(keys.slug("a" * 500)) <= 100


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (keys.STORY_PAGE, lambda story: keys.story_page(story.pk)),
        (keys.STORY_UPDATED, lambda story: keys.story_updated(story.pk)),
        (keys.KEYS_OF_STORY[:1], lambda story: keys.story(story.pk)),
        (keys.KEYS_OF_STORY[1:], lambda story: keys.translations(story.translation_group)),
        ((keys.SLUG,), lambda story: keys.slug(story.slug)),
        (keys.STORY_LISTS[:1], lambda story: keys.stories(story.language)),
        (keys.STORY_LISTS[1:2], lambda story: keys.stories_of("section", story.section_id, story.language)),
    ],
)
def test_a_trigger_writes_the_key_that_a_page_names(rule, expected):
    story = cast.story("Le port de Lomé", translation_group=uuid.uuid4())
    [sql] = rule
    assert isinstance(sql, KeySQL)
    select = sql.selects(connection.vendor, "story", Article._meta.db_table)[0]
    with connection.cursor() as cursor:
        cursor.execute(select)
        assert cursor.fetchall() == [(expected(story),)]
