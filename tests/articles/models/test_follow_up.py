"""Work that follows a save: kept until it is done, done once, and never in the way of anything else."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import FollowUp, follow_up
from articles.models.follow_up import work_waits

pytestmark = pytest.mark.django_db
KIND = FollowUp.Kind.RELATED


class Work(list):
    """The keys that were worked on."""

    error = None
    is_done = True
    before_end = staticmethod(lambda: None)

    def __call__(self, task):
        self.append(task.key)
        self.before_end()
        if self.error:
            raise self.error
        return self.is_done


@pytest.fixture
def work(monkeypatch):
    worker = Work()
    monkeypatch.setitem(follow_up.workers, KIND, worker)
    return worker


def later(**length):
    return timezone.now() + datetime.timedelta(**length)


def test_what_is_requested_is_done_once(work):
    FollowUp.objects.request(KIND, [1, 2])
    FollowUp.objects.request(KIND, [1])
    assert FollowUp.objects.work_off() == 2
    assert sorted(work) == ["1", "2"]
    assert not FollowUp.objects.exists()


def test_what_is_to_wait_waits(work, monkeypatch):
    FollowUp.objects.request(KIND, [1], after=datetime.timedelta(hours=1))
    assert FollowUp.objects.work_off() == 0
    now = later(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert FollowUp.objects.work_off() == 1


def test_what_is_requested_where_it_is_missing_changes_no_other_request(work):
    FollowUp.objects.request(KIND, [1], after=datetime.timedelta(hours=1))
    before = FollowUp.objects.values().get()
    requested = FollowUp.objects.request_missing(KIND, [1, 2])
    assert [one.key for one in requested] == ["2"]
    assert FollowUp.objects.values().get(key="1") == before


def test_it_begins_when_the_save_is_final(work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        FollowUp.objects.request_on_commit(KIND, 1)
        assert work == []
    assert work == ["1"]


@pytest.mark.django_db(transaction=True)
def test_a_save_that_was_undone_leaves_no_work(work):
    with transaction.atomic():
        FollowUp.objects.request_on_commit(KIND, 1)
        transaction.set_rollback(True)
    assert (work, FollowUp.objects.exists()) == ([], False)


def test_nobody_waits_for_it_where_a_worker_runs(work, django_capture_on_commit_callbacks):
    def take(sender, **_more):
        return True

    work_waits.connect(take)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            FollowUp.objects.request_on_commit(KIND, 1)
    finally:
        work_waits.disconnect(take)
    assert (work, FollowUp.objects.count()) == ([], 1)


def test_a_worker_that_fails_takes_nothing(work, django_capture_on_commit_callbacks):
    def fail(sender, **_more):
        raise OSError

    work_waits.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            FollowUp.objects.request_on_commit(KIND, 1)
    finally:
        work_waits.disconnect(fail)
    assert work == ["1"]


def test_what_fails_stops_no_other_is_logged_once_and_comes_again(work, caplog, monkeypatch):
    work.error = OSError("no disk")
    FollowUp.objects.request(KIND, [1, 2])
    assert FollowUp.objects.work_off() == 0
    now = later(seconds=30)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert FollowUp.objects.work_off() == 0
    assert sorted(work) == ["1", "1", "2", "2"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert set(FollowUp.objects.values_list("error", "attempts")) == {("OSError: no disk", 2)}
    work.error, much_later = None, later(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: much_later)
    assert FollowUp.objects.work_off() == 2


def test_an_error_that_says_something_else_on_each_try_is_logged_once(work, caplog, monkeypatch):
    FollowUp.objects.request(KIND, [1])
    for number in range(3):
        work.error, now = OSError(f"no /tmp/{number}"), later(seconds=30 * number)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        assert FollowUp.objects.work_off() == 0
    assert FollowUp.objects.get().error == "OSError: no /tmp/2"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_what_is_not_done_whole_comes_again_without_a_word(work, caplog):
    work.is_done = False
    FollowUp.objects.request(KIND, [1])
    assert FollowUp.objects.work_off() == 0
    assert FollowUp.objects.get().due_at > timezone.now()
    assert caplog.records == []


def test_what_is_requested_while_it_is_done_is_done_again(work):
    FollowUp.objects.request(KIND, [1])
    work.before_end = lambda: len(work) == 1 and FollowUp.objects.request(KIND, [1])
    FollowUp.objects.work_off()
    assert work == ["1", "1"]
    assert not FollowUp.objects.exists()


def test_what_a_dead_worker_left_is_taken_by_another(work, monkeypatch):
    FollowUp.objects.request(KIND, [1])
    FollowUp.objects.claim()
    assert FollowUp.objects.work_off() == 0
    now = later(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert FollowUp.objects.work_off() == 1


def test_two_workers_never_do_one_task_at_once(work):
    FollowUp.objects.request(KIND, [1])
    work.before_end = lambda: FollowUp.objects.request(KIND, [1]) if FollowUp.objects.claim() else None
    FollowUp.objects.work_off()
    assert work == ["1"]


def test_to_find_nothing_locks_nothing():
    with CaptureQueriesContext(connection) as queries:
        FollowUp.objects.work_off()
    assert len(queries) == 1
    assert "FOR UPDATE" not in queries[0]["sql"]


@pytest.mark.only_on("postgresql")
def test_rows_that_another_worker_is_taking_are_skipped():
    FollowUp.objects.request(KIND, [1])
    with CaptureQueriesContext(connection) as queries:
        FollowUp.objects.claim()
    assert "SKIP LOCKED" in "".join(query["sql"] for query in queries)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 1), (5, 16), (1000, 3600)])
def test_each_wait_is_longer_up_to_an_hour(work, attempts, seconds):
    work.is_done = False
    FollowUp.objects.request(KIND, [1])
    FollowUp.objects.update(attempts=attempts - 1)
    wait, before = datetime.timedelta(seconds=seconds), timezone.now()
    FollowUp.objects.work_off()
    assert before + wait <= FollowUp.objects.get().due_at <= timezone.now() + wait
