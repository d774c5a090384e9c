import datetime

import pytest
from django.db import connection

from articles import clock
from articles.triggers import all_triggers
from newsroom.conditions import examine_site

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
    monkeypatch.setattr(clock, "compare_with_database", lambda: False)
    monkeypatch.setattr(clock, "_offset", datetime.timedelta(seconds=seconds))
    assert names() == expected
