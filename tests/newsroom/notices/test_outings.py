"""A scheduled story that went out is told once, at the time that it had in the end."""

import pytest
from django.utils import timezone

from articles import clock
from articles.models import FollowUp
from newsroom.models import StoryEvent
from newsroom.notices.outings import OUTING
from tests.articles import cast

pytestmark = pytest.mark.django_db

HOUR = timezone.timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    """Return a function that moves the newsroom's clock on."""
    start = clock.now()

    def move(hours):
        monkeypatch.setattr(clock, "now", lambda: start + hours * HOUR)

    return move


@pytest.fixture
def scheduled(story, awa):
    story.schedule(awa, timezone.now() + HOUR)
    return cast.fresh(story)


def test_its_writers_are_told_when_its_time_has_come(scheduled, told, at):
    assert told() == []
    at(1.1)
    assert told() == [("moutiou", "went-out")]
    assert StoryEvent.objects.get().at == scheduled.publish_at
    assert not FollowUp.objects.filter(kind=OUTING).exists()


def test_it_is_told_once_whoever_learns_of_it(scheduled, told, at):
    key = FollowUp.objects.get(kind=OUTING).key
    at(1.1)
    told()
    FollowUp.objects.request(OUTING, [key])  # as a process does that died before it could say that it was done
    assert told() == [("moutiou", "went-out")]


def test_another_time_takes_its_place(scheduled, awa, told, at):
    scheduled.schedule(awa, timezone.now() + 2 * HOUR)
    at(1.1)
    assert told() == []
    at(2.1)
    assert told() == [("moutiou", "went-out")]


def test_one_that_is_published_before_is_told_as_published(scheduled, awa, told, at):
    scheduled.publish(awa)
    at(1.1)
    assert told() == [("moutiou", "published")]


def test_one_that_went_back_to_draft_is_not_told(scheduled, awa, told, at):
    scheduled.return_to_draft(awa)
    at(1.1)
    assert told() == []


def test_one_that_was_deleted_is_not_told(scheduled, told, at):
    scheduled.delete()
    at(1.1)
    assert told() == []
