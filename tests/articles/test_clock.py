"""What the public may see goes by the database's clock: no machine whose clock is fast publishes early."""

import datetime
import logging

import pytest
from django.db import connection
from django.utils import timezone

from articles import clock
from articles.models import Article
from tests.articles import cast

SECOND = datetime.timedelta(seconds=1)
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def machine(monkeypatch):
    """Set the clock of this machine: it is wrong by this number of seconds."""
    really = timezone.now
    monkeypatch.setattr(clock, "_offset", datetime.timedelta())

    def goes_wrong_by(seconds):
        fast = seconds * SECOND
        monkeypatch.setattr(timezone, "now", lambda: really() + fast)
        monkeypatch.setattr(clock, "_read_own_clock", lambda: really() + fast)

    return goes_wrong_by


@pytest.mark.parametrize(
    ("known", "before", "database", "after", "expected"),
    [
        (0, 0, 1, 2, 0),  # what is known may be true: nothing jumps to and fro
        (0, 90, 1, 92, -91),  # fast
        (0, 0, 91, 2, 89),  # slow
        (-91, 90, 1, 92, -91),
        (-91, 0, 1, 2, -1),  # set right meanwhile
    ],
)
def test_the_offset_is_corrected_when_a_reading_contradicts_it(known, before, database, after, expected):
    moments = [NOON + seconds * SECOND for seconds in (before, database, after)]
    assert clock.correct_offset(known * SECOND, *moments) == expected * SECOND


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("seconds", [90, -90])
def test_the_database_says_what_time_it_is(machine, seconds):
    truth = timezone.now()
    machine(seconds)
    clock.compare_with_database()
    assert abs(clock.now() - truth) < 1 * SECOND


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql")
def test_a_machine_that_is_fast_publishes_nothing_early(client, machine):
    soon = timezone.now() + 60 * SECOND
    cast.draft("Le port rouvre").publish(None, at=soon)
    machine(90)
    connection.close()
    connection.connect()  # a process knows the time from its first question on
    assert not Article.objects.visible().exists()
    assert "Le port rouvre" not in client.get("/").text
    Article.objects.update(publish_at=clock.now())
    assert "Le port rouvre" in client.get("/").text


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_what_a_slow_or_fast_machine_publishes_is_public_at_once(machine):
    for seconds in (90, -90):
        machine(seconds)
        clock.compare_with_database()
        story = cast.draft(f"Le port rouvre {seconds}")
        story.publish(None)
        machine(0)
        clock.compare_with_database()
        assert story.is_visible()


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")
def test_on_sqlite_the_clock_of_the_machine_is_the_databases(machine):
    machine(90)
    clock.compare_with_database()
    assert clock.now() == pytest.approx(timezone.now(), abs=SECOND)


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_a_difference_is_logged_when_it_begins_and_when_it_ends(machine, caplog):
    caplog.set_level(logging.WARNING, logger="articles.clock")
    for seconds in (1, 90, 90, 0, 0):
        machine(seconds)
        clock.compare_with_database()
    assert caplog.messages == [
        "The clock of this machine is 90.0 seconds ahead of the database's",
        "The clock of this machine agrees with the database's again",
    ]


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_a_comparison_counts_as_no_query_of_a_page(django_assert_num_queries):
    with django_assert_num_queries(0):
        clock.compare_with_database()
