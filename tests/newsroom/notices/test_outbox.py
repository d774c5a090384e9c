"""Who tells people: the command while it runs, else the server."""

import threading
import time

import pytest
from django.db import connection
from redis.exceptions import ConnectionError as RedisConnectionError

from articles.models import FollowUp, follow_up
from newsroom import follow_ups
from newsroom.follow_ups import DeliveryWorker, FollowUpWorker
from newsroom.models import Notice
from newsroom.models.notice import MAILING
from newsroom.notices.outbox import drain, forget_draining, is_drained_elsewhere, note_draining

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mailed(monkeypatch):
    """Collect (key, name of the thread) of the mails that are sent."""
    found = []

    def work(task):
        found.append((task.key, threading.current_thread().name))
        return True

    monkeypatch.setitem(follow_up.workers, MAILING, work)
    return found


@pytest.fixture
def start(monkeypatch):
    """Return a function that starts a worker, which looks often, and stops it in the end."""
    monkeypatch.setattr(follow_ups, "POLL_SECONDS", 0.05)
    started = []

    def run(worker):
        worker.start()
        started.append(worker)

    yield run
    for worker in started:
        worker.stop()


def wait_until(happened):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not happened():
        time.sleep(0.01)
    assert happened()


def test_mail_is_sent_by_a_thread_of_its_own(mailed, start):
    FollowUp.objects.request(MAILING, [1])
    start(FollowUpWorker())
    start(DeliveryWorker())
    wait_until(lambda: mailed == [("1", "deliveries")])


def test_while_a_command_drains_the_outbox_the_server_leaves_it(mailed, start):
    note_draining(10)
    FollowUp.objects.request(MAILING, [1])
    start(DeliveryWorker())
    time.sleep(0.3)
    assert mailed == []
    forget_draining()
    wait_until(lambda: mailed)


def test_a_command_that_died_is_forgotten(monkeypatch):
    monkeypatch.setattr("newsroom.notices.outbox.GRACE_SECONDS", 0)
    note_draining(0.05)
    wait_until(lambda: not is_drained_elsewhere())


def test_without_the_shared_cache_mail_is_sent_all_the_same(mailed, start, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RedisConnectionError

    for name in ("get", "set", "delete"):
        monkeypatch.setattr(f"newsroom.notices.outbox.cache.{name}", fail)
    note_draining(10)
    FollowUp.objects.request(MAILING, [1])
    start(DeliveryWorker())
    wait_until(lambda: mailed)
    forget_draining()


def test_all_kinds_are_drained(story, moutiou, awa, mailed, start):
    start(FollowUpWorker())  # takes saves off the thread that saves
    story.submit(moutiou)
    FollowUp.objects.request(MAILING, [awa.pk])
    wait_until(lambda: Notice.objects.exists())
    assert drain() == 1
    assert mailed == [(str(awa.pk), threading.current_thread().name)]


def test_two_that_drain_at_once_send_one_mail(mailed):
    FollowUp.objects.request(MAILING, range(20))
    threads = [threading.Thread(target=_drain_and_close) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(key for key, _thread in mailed) == sorted(map(str, range(20)))


def _drain_and_close():
    try:
        drain()
    finally:
        connection.close()
