"""Notices are shown to one person, of stories that this person may open now."""

import pytest
from django.contrib.auth.models import Group

from articles.models import FollowUp
from newsroom.models import Notice, User
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    """Return an editor who has been told of a story."""
    awa, moutiou = cast.editor(), cast.reporter()
    cast.draft("Le port", created_by=moutiou).submit(moutiou)
    FollowUp.objects.work_off()
    return awa


def reload(person):
    return User.objects.get(pk=person.pk)


def test_a_notice_is_one_persons(awa):
    assert [notice.event.story.headline for notice in Notice.objects.shown_to(awa)] == ["Le port"]
    assert not Notice.objects.shown_to(cast.editor("koffi")).exists()


def test_it_is_not_shown_once_the_right_is_lost_and_again_when_it_is_back(awa):
    roles = list(awa.groups.all())
    awa.groups.set(Group.objects.filter(name="Reporter"))
    assert Notice.objects.count_unread(reload(awa)) == 0
    awa.groups.set(roles)
    assert Notice.objects.count_unread(reload(awa)) == 1


def test_it_is_unread_until_it_is_read(awa):
    assert Notice.objects.shown_to(awa).mark_read() == 1
    assert Notice.objects.count_unread(awa) == 0
    assert Notice.objects.shown_to(awa).mark_read() == 0


def test_unread_ones_cost_one_query(awa, django_assert_num_queries):
    person = reload(awa)
    with django_assert_num_queries(3):  # permissions of the two kinds, the count
        assert Notice.objects.count_unread(person) == 1


def test_more_than_a_hundred_are_not_counted(awa, monkeypatch):
    monkeypatch.setattr("newsroom.models.notice.MOST_COUNTED", 2)
    for word in ("Un", "Deux", "Trois"):
        cast.draft(word).submit(None)
    FollowUp.objects.work_off()
    assert Notice.objects.count_unread(awa) == 2
