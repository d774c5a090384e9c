"""When readers would see a story after a verb, and which times do not fit."""

import datetime

import pytest
from django.utils import timezone

from articles import clock
from articles.models import Article

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def now(monkeypatch):
    moment = timezone.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def test_a_new_story_is_seen_now_or_at_the_time_that_was_chosen(now):
    draft = Article(publish_at=now + 5 * HOUR)
    assert draft.moment_of("publish") == now
    assert draft.moment_of("schedule", now + HOUR) == now + HOUR
    assert draft.moment_of("schedule") is None
    assert draft.moment_of("") == now + 5 * HOUR  # what is planned


def test_a_story_that_was_public_keeps_its_date(now):
    story = Article(publish_at=now - HOUR, first_published_at=now - HOUR)
    assert story.moment_of("publish") == now - HOUR
    assert story.moment_of("publish_changes") == now


def test_a_story_that_is_published_again_after_its_end_has_none(now):
    story = Article(publish_at=now - 2 * HOUR, first_published_at=now - 2 * HOUR, unpublish_at=now - HOUR)
    assert (story.end_after("publish"), story.end_after("schedule")) == (None, now - HOUR)


@pytest.mark.parametrize(
    ("fields", "was_visible", "problems"),
    [
        ({}, True, set()),
        ({"embargo_until": HOUR}, True, {"embargo_until"}),
        ({"unpublish_at": -HOUR}, True, {"unpublish_at"}),
        ({}, False, {"unpublish_at"}),
    ],
)
def test_times_of_a_live_story_put_nothing_online_and_do_not_contradict(now, fields, was_visible, problems):
    story = Article(publish_at=now, **{name: now + offset for name, offset in fields.items()})
    assert story.time_problems(was_visible=was_visible).keys() == problems
