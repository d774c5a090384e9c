"""An event is there if what it tells of has happened, and people are told of it once."""

import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from articles.models import FollowUp
from newsroom.models import StoryEvent
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)

PUBLISHED = StoryEvent.Kind.PUBLISHED


@pytest.fixture
def story():
    return cast.draft("Le port")


def test_what_is_rolled_back_has_not_happened(story):
    with transaction.atomic():
        StoryEvent.objects.record(PUBLISHED, story.pk)
        transaction.set_rollback(True)
    assert not StoryEvent.objects.exists()
    assert not FollowUp.objects.exists()


def test_people_are_told_after_the_commit(story):
    with transaction.atomic():
        event = StoryEvent.objects.record(PUBLISHED, story.pk)
        assert [str(task) for task in FollowUp.objects.all()] == [f"event {event.pk}"]
    assert not FollowUp.objects.exists()  # told at once, because no server runs


def test_what_nobody_did_is_written_once(story):
    identity = uuid.uuid4()
    for _process in range(2):
        StoryEvent.objects.record_once(identity, PUBLISHED, story.pk, timezone.now())
    assert [event.uuid for event in StoryEvent.objects.all()] == [identity]


def test_all_that_is_said_of_it_comes_in_one_query(story, django_assert_num_queries):
    StoryEvent.objects.record(PUBLISHED, story.pk, cast.editor())
    with django_assert_num_queries(1):
        [event] = StoryEvent.objects.with_details()
        assert (str(event.story), event.actor.username, event.story.section_id) == ("Le port", "awa", story.section_id)


def test_an_event_whose_story_has_gone_is_not_told(story):
    StoryEvent.objects.record(PUBLISHED, story.pk)
    story.delete()
    assert StoryEvent.objects.exists()
    assert list(StoryEvent.objects.with_details()) == []
