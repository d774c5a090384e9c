import os
import signal
import subprocess
import sys
import time

import pytest

from articles.importers.processes import map_in_processes

# Tells who works, then works until it is killed.
SCRIPT = """
import os, time
from articles.importers.processes import map_in_processes
from tests.articles.importers.test_processes import slowly
if __name__ == "__main__":
    list(map_in_processes(slowly, range(100)))
"""


@pytest.fixture(autouse=True)
def _quick_start(monkeypatch):
    """Let the processes start without the newsroom, which they need not know."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "django.conf.global_settings")


def slowly(number):
    print(os.getpid(), flush=True)
    time.sleep(60)


def who_works(folder):
    """Return which process works, once three have begun; a batch takes a second where there are fewer."""
    (folder / str(os.getpid())).touch()
    deadline = time.monotonic() + 1
    while len(os.listdir(folder)) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    return os.getpid()


def test_as_many_processes_work_as_there_are_processors(monkeypatch, tmp_path):
    monkeypatch.setattr("articles.importers.processes.os.cpu_count", lambda: 3)
    assert len(set(map_in_processes(who_works, [tmp_path] * 12))) == 3


def test_batches_come_back_in_order():
    assert list(map_in_processes(len, ["a" * number for number in range(20)])) == list(range(20))


def test_one_batch_is_worked_on_here():
    assert list(map_in_processes(lambda batch: (batch, os.getpid()), ["one"])) == [("one", os.getpid())]
    assert list(map_in_processes(len, [])) == []


def test_few_batches_are_held_at_once():
    taken = []
    results = map_in_processes(len, (taken.append(number) or "batch" for number in range(50)))
    assert next(results) == 5
    assert len(taken) <= (os.cpu_count() or 1) + 2
    results.close()


def test_processes_end_with_one_that_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(100):
        if not _is_alive(worker):
            break
        time.sleep(0.1)
    assert not _is_alive(worker)


def _is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
