"""What readers see at an instant, and when that changes by itself."""

import datetime

import pytest
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


@pytest.fixture
def stories():
    """Return a story that readers see, one that begins in an hour, one that has ended, and one that was withdrawn."""
    found = {name: cast.story(name, hours_ago=hours) for name, hours in {"live": 2, "planned": -1, "over": 9}.items()}
    Article.objects.filter(pk=found["over"].pk).update(unpublish_at=timezone.now() - HOUR)
    cast.story("Retirée").withdraw(cast.editor())
    cast.draft("Projet")
    return found


def test_each_state_in_time_has_its_stories(stories):
    now, found = timezone.now(), Article.objects
    assert set(found.visible(now)) == {stories["live"]}
    assert set(found.for_readers()) == {stories["live"], stories["planned"]}
    assert set(found.scheduled(now)) == {stories["planned"]}
    assert set(found.ended(now)) == {stories["over"]}
    assert set(found.visible(now + 2 * HOUR)) == {stories["live"], stories["planned"]}


@pytest.mark.parametrize(("hours", "went_out"), [(3, True), (1, False)])
def test_what_went_out_since_a_moment_is_still_there(stories, hours, went_out):
    found = Article.objects.that_went_out(timezone.now() - hours * HOUR)
    assert set(found) == ({stories["live"]} if went_out else set())


def test_the_next_change_is_the_first_of_a_beginning_an_end_and_changes_due():
    now = timezone.now()
    story = cast.story()
    assert Article.objects.next_change(now) is None
    moments = [now + datetime.timedelta(hours=hours) for hours in (3, 2, 1)]
    for name, moment in zip(("unpublish_at", "due_at", "publish_at"), moments, strict=True):
        if name == "due_at":
            story.schedule_changes(cast.editor(), moment, cast.typed(story, headline="Rouvre"))
        elif name == "publish_at":
            cast.story("Demain", hours_ago=-1)
            moment = Article.objects.latest("pk").publish_at
        else:
            Article.objects.filter(pk=story.pk).update(unpublish_at=moment)
        assert Article.objects.next_change(now) == moment
