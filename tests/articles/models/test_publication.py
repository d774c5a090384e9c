"""Who publishes what, and when readers see it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


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
