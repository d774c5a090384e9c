"""What a process knows of the change log, and when it reads it."""

import datetime
import itertools
import os
import time

import pytest
from django.utils import timezone

from articles import clock
from newsroom.page_cache import change_watcher
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watching():
    one = change_watcher.ChangeWatcher()
    yield one
    one.stop()


def test_the_first_answer_is_fresh(watching):
    now = time.monotonic()
    snapshot = watching.get_snapshot(now)
    assert snapshot.number == 1
    assert snapshot.read_at >= now - change_watcher.POLL_INTERVAL_SECONDS
    assert not watching.is_failing


def test_after_a_rest_the_first_answer_is_fresh_too(watching, monkeypatch):
    monkeypatch.setattr(change_watcher, "IDLE_AFTER_SECONDS", 0.1)
    known = watching.get_snapshot(time.monotonic())
    time.sleep(0.5)
    assert watching._snapshot.read_at < time.monotonic() - 0.2, "it does not rest"
    time.sleep(change_watcher.SNAPSHOT_LIFETIME_SECONDS)
    cast.story()
    assert watching.get_snapshot(time.monotonic()).number == known.number + 1


def test_a_clock_that_is_corrected_changes_all_pages_whoever_compared_it(watching, monkeypatch):
    monkeypatch.setattr(change_watcher, "CLOCK_COMPARISON_INTERVAL_SECONDS", 3600.0)
    known = watching.get_snapshot(time.monotonic())
    monkeypatch.setattr(clock, "_offset", clock.difference() + datetime.timedelta(seconds=1))
    time.sleep(change_watcher.SNAPSHOT_LIFETIME_SECONDS)
    assert watching.get_snapshot(time.monotonic()).number == known.number + 1


def test_a_story_that_begins_while_the_log_is_read_is_the_next_moment(watching, monkeypatch):
    soon = timezone.now() + datetime.timedelta(minutes=5)
    cast.draft("Le port ferme").publish(cast.editor(), at=soon)
    readings = itertools.count()
    clock_at = lambda: soon + datetime.timedelta(seconds=next(readings) - 0.5)  # noqa: E731  the first is before
    monkeypatch.setattr(timezone, "now", clock_at)
    snapshot = watching._read_change_log(time.monotonic())
    assert snapshot.valid_until < time.monotonic() + 1


def test_a_day_ends_at_midnight_of_the_site():
    midnight = change_watcher.next_moment(timezone.now()).astimezone(timezone.get_default_timezone())
    assert (midnight.hour, midnight.minute) == (0, 0)
    assert timezone.now() < midnight <= timezone.now() + datetime.timedelta(days=1)


def test_a_story_that_begins_before_is_the_next_moment():
    soon = timezone.now() + datetime.timedelta(minutes=5)
    cast.draft("Le port ferme").publish(cast.editor(), at=soon)
    now = timezone.now()
    assert change_watcher.next_moment(now) == min(soon, change_watcher.next_moment(now))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_was_forked_from_a_watching_one_watches_itself(watching):
    known = watching.get_snapshot(time.monotonic())
    child = os.fork()
    if child == 0:
        renewed = watching.get_snapshot(time.monotonic())
        is_newer = renewed.number == known.number + 1 and renewed.read_at > known.read_at
        os._exit(0 if is_newer and not watching.is_failing else 1)
    assert os.waitpid(child, 0)[1] == 0
