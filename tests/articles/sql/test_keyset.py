"""The stories before and after a place of a list."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article
from articles.sql.keyset import is_after, is_before
from tests.articles import cast


@pytest.mark.django_db
def test_a_place_lies_between_what_comes_before_and_after_also_within_one_second():
    moment = timezone.now() - datetime.timedelta(hours=1)
    stories = [cast.draft(f"Récit {number}") for number in range(4)]
    for story, minutes in zip(stories, (0, 5, 5, 9), strict=True):
        Article.objects.filter(pk=story.pk).update(publish_at=moment + datetime.timedelta(minutes=minutes))
    place = (moment + datetime.timedelta(minutes=5), stories[1].pk)
    rows = Article.objects.order_by("publish_at", "pk")
    assert [story.headline for story in rows.filter(is_before("publish_at", "pk", place))] == ["Récit 0"]
    assert [story.headline for story in rows.filter(is_after("publish_at", "pk", place))] == ["Récit 2", "Récit 3"]
