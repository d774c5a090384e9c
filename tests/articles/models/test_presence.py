"""Who has a form open, since when, and who took it over."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Presence
from articles.models.presence import ABSENT_AFTER
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_the_first_to_come_is_first_and_stays_so(awa, moutiou):
    story = cast.draft()
    for person in (awa, moutiou, awa):
        Presence.objects.record(story.pk, person, unsaved=False)
    assert [presence.user for presence in Presence.objects.present()] == [awa, moutiou]


def test_who_comes_back_after_an_absence_begins_again(awa):
    story = cast.draft()
    Presence.objects.record(story.pk, awa, unsaved=True)
    long_ago = timezone.now() - ABSENT_AFTER - datetime.timedelta(seconds=1)
    Presence.objects.update(seen_at=long_ago, since=long_ago)
    assert not Presence.objects.present().exists()
    Presence.objects.record(story.pk, awa, unsaved=False)
    presence = Presence.objects.present().get()
    assert (presence.since > long_ago, presence.unsaved) == (True, False)


def test_a_form_is_taken_over_from_all_others(awa, moutiou, koffi):
    story = cast.draft()
    for person in (awa, moutiou, koffi):
        Presence.objects.record(story.pk, person, unsaved=False)
    Presence.objects.take_over(story.pk, moutiou)
    Presence.objects.take_over(story.pk, awa)
    taken = {presence.user: presence.taken_by for presence in Presence.objects.select_related("user", "taken_by")}
    assert taken == {awa: None, moutiou: awa, koffi: awa}
