"""The thread that does what saves have left to do: soon after each, and for processes that died."""

import logging
import os
import threading
import time

import pytest
from django.db import OperationalError, connection

from articles.models import FollowUp, follow_up
from newsroom import follow_ups
from newsroom.alarms import DATABASE, failure_kind
from newsroom.follow_ups import DeliveryWorker, FollowUpWorker, WithFollowUps

pytestmark = pytest.mark.django_db(transaction=True)
KIND = FollowUp.Kind.RELATED


@pytest.fixture
def done(monkeypatch):
    """Collect (key, name of the thread) of the work that was done."""
    found = []

    def work(task):
        found.append((task.key, threading.current_thread().name))
        return True

    monkeypatch.setitem(follow_up.workers, KIND, work)
    return found


@pytest.fixture
def worker():
    worker = FollowUpWorker()
    yield worker
    if worker.pid:
        worker.stop()


def wait_until(happened):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not happened():
        time.sleep(0.01)
    assert happened()


def test_it_finds_what_others_left_when_it_begins(done, worker):
    FollowUp.objects.request(KIND, [1])
    worker.start()
    wait_until(lambda: done == [("1", "follow-ups")])


def test_a_save_wakes_it_and_waits_for_nothing(done, worker, monkeypatch):
    monkeypatch.setattr(follow_ups, "POLL_SECONDS", 3600)
    worker.start()
    FollowUp.objects.request_on_commit(KIND, 1)
    wait_until(lambda: done == [("1", "follow-ups")])


def test_it_looks_by_itself(done, worker, monkeypatch):
    monkeypatch.setattr(follow_ups, "POLL_SECONDS", 0.05)
    worker.start()
    FollowUp.objects.request(KIND, [1])
    wait_until(lambda: done)


def test_it_goes_on_after_the_database_was_away_and_says_so_once(done, worker, monkeypatch, caplog):
    def refuse(_self):
        raise OperationalError("gone")

    monkeypatch.setattr(follow_ups, "POLL_SECONDS", 0.02)
    with monkeypatch.context() as patch:
        patch.setattr(follow_up.FollowUpQuerySet, "work_off", refuse)
        worker.start()
        time.sleep(0.2)
    FollowUp.objects.request(KIND, [1])
    wait_until(lambda: done)
    assert [record.message for record in caplog.records] == ["What follows from saves has to wait: gone"]
    assert [failure_kind(record) for record in caplog.records if record.levelno == logging.ERROR] == [DATABASE]


def test_once_it_is_stopped_saves_do_their_work_themselves(done, worker):
    worker.start()
    worker.stop()
    FollowUp.objects.request_on_commit(KIND, 1)
    assert done == [("1", threading.current_thread().name)]


def test_it_begins_with_the_first_request_of_a_process(monkeypatch, worker):
    monkeypatch.setattr(follow_ups, "worker", worker)
    monkeypatch.setattr(follow_ups, "deliveries", deliveries := DeliveryWorker())
    application = WithFollowUps(lambda environ, start_response: [b"ok"])
    assert worker.pid == 0
    assert [application({}, None), application({}, None)] == [[b"ok"], [b"ok"]]
    assert worker.pid == deliveries.pid == os.getpid()
    names = [thread.name for thread in threading.enumerate()]
    deliveries.stop()
    assert (names.count("follow-ups"), names.count("deliveries")) == (1, 1)


def test_it_holds_no_transaction_while_it_waits(worker, done, monkeypatch):
    monkeypatch.setattr(follow_ups, "POLL_SECONDS", 3600)
    FollowUp.objects.request(KIND, [1])
    worker.start()
    wait_until(lambda: done)
    FollowUp.objects.request(KIND, [2])
    assert connection.is_usable()
