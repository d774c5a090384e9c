"""What a process knows of the change log, and when it reads it."""

import datetime
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
    answer = watching.answer(now)
    assert answer.number == 1
    assert answer.at >= now - change_watcher.EVERY
    assert not watching.is_failing


def test_after_a_rest_the_first_answer_is_fresh_too(watching, monkeypatch):
    monkeypatch.setattr(change_watcher, "RESTS_AFTER", 0.1)
    known = watching.answer(time.monotonic())
    time.sleep(0.5)
    assert watching._answer.at < time.monotonic() - 0.2, "it does not rest"
    time.sleep(change_watcher.TRUSTED)
    cast.story()
    assert watching.answer(time.monotonic()).number == known.number + 1


def test_a_clock_that_is_corrected_changes_all_pages(watching, monkeypatch):
    known = watching.answer(time.monotonic())
    corrections = iter([True])
    monkeypatch.setattr(clock, "compare_with_database", lambda: next(corrections, False))
    monkeypatch.setattr(change_watcher, "COMPARES_CLOCKS_EVERY", 0.0)
    time.sleep(change_watcher.TRUSTED)
    assert watching.answer(time.monotonic()).number == known.number + 1


def test_a_day_ends_at_midnight_of_the_site():
    midnight = change_watcher.next_moment().astimezone(timezone.get_default_timezone())
    assert (midnight.hour, midnight.minute) == (0, 0)
    assert timezone.now() < midnight <= timezone.now() + datetime.timedelta(days=1)


def test_a_story_that_begins_before_is_the_next_moment():
    soon = timezone.now() + datetime.timedelta(minutes=5)
    cast.draft("Le port ferme").publish(cast.editor(), at=soon)
    assert change_watcher.next_moment() == min(soon, change_watcher.next_moment())


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_was_forked_from_a_watching_one_watches_itself(watching):
    known = watching.answer(time.monotonic())
    child = os.fork()
    if child == 0:
        renewed = watching.answer(time.monotonic())
        os._exit(0 if renewed.number == known.number + 1 and renewed.at > known.at and not watching.is_failing else 1)
    assert os.waitpid(child, 0)[1] == 0
