import datetime
import time

import pytest
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.utils import timezone

from articles import clock
from articles.models import Article, FollowUp
from articles.models.content import Edit
from articles.triggers import all_triggers
from newsroom import visitor
from newsroom.conditions import examine_site
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db


def names():
    return [(condition.level, condition.name) for condition in examine_site()]


def test_a_site_as_it_should_be_has_no_condition():
    assert names() == []


def test_a_missing_trigger_is_red():
    trigger = all_triggers()[-1]
    with connection.cursor() as cursor:
        on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {trigger.name}{on}")
    assert names() == [("red", "triggers")]


@pytest.mark.parametrize(("seconds", "expected"), [(1, []), (-90, [("yellow", "clock")]), (90, [("yellow", "clock")])])
def test_a_clock_that_differs_from_the_databases_is_yellow(monkeypatch, seconds, expected):
    monkeypatch.setattr(clock, "compare_with_database", lambda: None)
    monkeypatch.setattr(clock, "_offset", datetime.timedelta(seconds=seconds))
    assert names() == expected


def test_changes_that_cannot_go_live_are_red_until_somebody_ends_it(monkeypatch):
    story = cast.story("Le port ferme")
    at = timezone.now() + datetime.timedelta(hours=1)
    story.schedule_changes(None, at, Edit({**story.newest_content, "headline": "Le port rouvre"}))
    with monkeypatch.context() as patch:
        patch.setattr(Article, "_put_live", lambda *_args: 1 / 0)
        Article.objects.put_due_changes_live(at)
    assert names() == [("red", "stuck-changes")]
    Article.objects.get(pk=story.pk).unschedule_changes(None)
    assert names() == []


@pytest.mark.parametrize(("forwarded", "expected"), [({}, [("yellow", "addresses")]), ({"X-Forwarded-For": "::1"}, [])])
def test_a_sign_in_from_an_unknown_address_is_yellow_for_an_hour(rf, settings, monkeypatch, forwarded, expected):
    settings.PROXY_COUNT = 1
    user_logged_in.send(User, request=rf.post("/admin/login/", headers=forwarded), user=cast.editor())
    assert names() == expected
    hour = time.time() + visitor.RECENTLY + 1
    monkeypatch.setattr(time, "time", lambda: hour)
    assert names() == []


def test_work_that_waits_for_long_is_yellow():
    FollowUp.objects.request("related", [1])
    assert names() == []
    FollowUp.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=20))
    assert names() == [("yellow", "follow-ups")]
