import datetime

import pytest
from django.utils import timezone

from articles.models import Article
from articles.models.by_month import bounds_of
from tests.articles import cast

pytestmark = pytest.mark.django_db


def published(moment):
    story = cast.draft(f"Dépêche du {moment:%d %m %Y}")
    story.publish(cast._chief(), at=moment)
    return story


def at(*parts):
    return datetime.datetime(*parts, tzinfo=timezone.get_default_timezone())


def test_months_that_have_stories_newest_first():
    for moment in (at(2012, 11, 12, 9), at(2012, 11, 30, 23, 59), at(2026, 1, 1), at(1975, 6, 1)):
        published(moment)
    months = Article.objects.visible().months()
    assert months == [datetime.date(2026, 1, 1), datetime.date(2012, 11, 1), datetime.date(1975, 6, 1)]


def test_an_empty_archive_has_no_months():
    assert Article.objects.visible().months() == []


def test_a_month_is_one_of_the_sites_time_zone():
    story = published(at(2026, 2, 1))  # 31 January in UTC
    assert list(Article.objects.published_between(*bounds_of(2026, 2))) == [story]
    assert not Article.objects.published_between(*bounds_of(2026, 1))


def test_a_year_has_its_first_and_last_instant():
    first, last = published(at(2025, 1, 1)), published(at(2025, 12, 31, 23, 59, 59))
    published(at(2026, 1, 1))
    assert set(Article.objects.in_year(2025)) == {first, last}
