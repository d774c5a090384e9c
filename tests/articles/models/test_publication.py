"""Who publishes what, and when readers see it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def test_a_draft_is_not_visible():
    assert not Article.objects.visible().filter(pk=cast.draft().pk)


@pytest.mark.parametrize(("seconds", "seen"), [(-1, False), (0, True), (1, True)])
def test_a_story_appears_at_its_time(seconds, seen):
    at = timezone.now() + HOUR
    story = cast.draft()
    story.publish(cast.editor(), at=at)
    moment = at + datetime.timedelta(seconds=seconds)
    assert Article.objects.visible(moment).exists() is seen
    assert story.is_visible(moment) is seen


@pytest.mark.parametrize(("seconds", "seen"), [(-1, True), (0, False), (1, False)])
def test_a_story_ends_at_its_time(seconds, seen):
    story = cast.story()
    story.unpublish_at = timezone.now() + HOUR
    story.store()
    moment = story.unpublish_at + datetime.timedelta(seconds=seconds)
    assert Article.objects.visible(moment).exists() is seen
    assert story.is_visible(moment) is seen


def test_a_withdrawn_story_is_gone():
    story = cast.story()
    story.withdraw(cast.editor())
    assert story.is_gone
    assert not Article.objects.visible().exists()


def test_publishing_again_keeps_address_and_first_date():
    story = cast.story()
    before = story.get_absolute_url(), story.first_published_at
    awa = cast.editor()
    story.withdraw(awa)
    story.publish(awa)
    assert (story.get_absolute_url(), story.first_published_at) == before


def test_two_stories_of_one_headline_and_day_get_two_addresses():
    one, two = cast.story(), cast.story()
    assert two.slug == f"{one.slug}-2"


def test_an_incomplete_story_is_not_published():
    with pytest.raises(ValidationError) as refused:
        cast.draft("  ", section=None, body="<p> </p>").publish(cast.editor())
    assert set(refused.value.message_dict) == {"headline", "section", "body"}


def test_a_reporter_does_not_publish():
    moutiou = cast.reporter()
    story = cast.draft(created_by=moutiou)
    with pytest.raises(PermissionDenied):
        story.publish(moutiou)


def test_a_reporter_does_not_submit_a_colleagues_draft():
    with pytest.raises(PermissionDenied):
        cast.draft().submit(cast.reporter())
