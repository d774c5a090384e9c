"""Everybody has one notice of each event, however often and by whomever it is told."""

import pytest

from articles.models import FollowUp
from newsroom.models import Notice, StoryEvent
from newsroom.models.story_event import TELLING
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_an_event_that_is_told_again_gives_no_second_notice(story, moutiou, awa, told):
    story.submit(moutiou)
    told()
    FollowUp.objects.request(TELLING, [StoryEvent.objects.get().pk])
    assert told() == [("awa", "submitted")]


def test_an_event_of_a_story_that_has_gone_is_told_to_nobody(story, moutiou, awa, told):
    story.submit(moutiou)
    story.delete()
    assert told() == []


def test_a_right_that_was_lost_before_the_delivery_counts(story, moutiou, awa, told):
    story.submit(moutiou)
    awa.groups.clear()
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_without_a_server_it_is_told_at_once(story, moutiou, awa):
    story.submit(moutiou)
    assert Notice.objects.get().person == awa


def test_telling_costs_a_bounded_number_of_queries(moutiou, django_assert_max_num_queries):
    cast.editor()
    cast.draft(created_by=moutiou).submit(moutiou)
    with django_assert_max_num_queries(17):  # savepoints of the test included
        FollowUp.objects.work_off()
