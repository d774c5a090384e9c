"""Processes that serve are replaced when they die, and without a pause when they are to be renewed."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from newsroom import supervisor as module
from newsroom.supervisor import Supervisor, Worker

# A process that says that it is ready after SECONDS, and writes when it began, was ready and ended.
PROCESS = """
import os, signal, sys, time
sys.path.insert(0, os.environ["ROOT"])
from newsroom.notify import notify

def write(word):
    with open(os.environ["HISTORY"], "a") as history:
        history.write(f"{word} {os.getpid()}\\n")

def end(*_signal):
    write("ended")
    sys.exit(0)

signal.signal(signal.SIGTERM, signal.SIG_IGN if os.path.exists(os.environ["DEAF"]) else end)
write("began")
time.sleep(float(open(os.environ["SECONDS"]).read()))
if os.path.exists(os.environ["BROKEN"]):
    sys.exit(3)
write("ready")
notify(f"READY=1\\nMAINPID={os.getpid()}")
while True:
    time.sleep(60)
"""


class Site:
    def __init__(self, folder, supervisor):
        self.folder, self.supervisor, self.code = folder, supervisor, None
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        self.code = self.supervisor.run()

    def slow_down(self, seconds):
        (self.folder / "seconds").write_text(str(seconds))

    def break_down(self):
        (self.folder / "broken").touch()

    def deafen(self):
        """Let processes that begin from now on ignore the signal to end."""
        (self.folder / "deaf").touch()

    def history(self):
        """Return [(word, pid)]."""
        history = self.folder / "history"
        return [tuple(line.split()) for line in history.read_text().splitlines()] if history.exists() else []

    def pids(self, word="ready"):
        """Return the pids that said this and did not end after it, first to last."""
        ended = {pid for said, pid in self.history() if said == "ended"}
        return [int(pid) for said, pid in self.history() if said == word and pid not in ended]


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SETTLING_SECONDS", 0.05)
    for name in ("HISTORY", "SECONDS", "BROKEN", "DEAF"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("ROOT", os.getcwd())
    site = Site(tmp_path, Supervisor([sys.executable, "-S", "-c", PROCESS], 2))
    site.slow_down(0)
    yield site
    if site.thread.ident:
        site.supervisor.stop()
        site.thread.join(20)


@pytest.fixture
def started(site):
    site.thread.start()
    until(lambda: len(site.pids()) == 2)
    return site


def until(happened):
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_stop_ends_all_and_is_no_failure(started):
    started.supervisor.stop()
    started.thread.join(20)
    assert (started.code, started.pids()) == (0, [])


def test_a_process_that_dies_is_replaced(started):
    killed, other = started.pids()
    os.kill(killed, signal.SIGKILL)
    until(lambda: len(started.pids()) == 3)
    assert started.pids()[:2] == [killed, other]


def test_two_deaths_in_quick_succession_end_nothing(started):
    os.kill(started.pids()[0], signal.SIGKILL)
    until(lambda: len(started.pids()) == 3)
    os.kill(started.pids()[2], signal.SIGKILL)
    until(lambda: len(started.pids()) == 4)
    assert started.thread.is_alive()


def test_a_process_that_dies_again_and_again_is_started_more_and_more_seldom(started):
    worker = started.supervisor._serving[0]
    assert [started.supervisor._delay(worker) for _death in range(7)] == [0, 1, 3, 7, 15, 30, 30]


def test_an_old_process_ends_only_when_its_successor_is_ready(started):
    started.slow_down(0.3)
    old = started.pids()
    started.supervisor.reload()
    until(lambda: not set(old) & set(started.pids()))
    words = [word for word, _pid in started.history()[4:]]
    assert words == ["began", "ready", "ended"] * 2
    assert len(started.pids()) == 2


def test_a_new_version_that_does_not_start_leaves_the_old_one_serving(started):
    old = started.pids()
    started.break_down()
    started.supervisor.reload()
    until(lambda: len(started.pids("began")) == 3)
    until(lambda: started.supervisor._successor is None and not started.supervisor._to_renew)
    assert started.pids() == old


def test_a_new_version_that_never_gets_ready_is_given_up(started, monkeypatch):
    monkeypatch.setattr(module, "START_TIMEOUT", 0.5)
    old = started.pids()
    started.slow_down(60)
    started.supervisor.reload()
    until(lambda: "ended" in dict(started.history()[4:]))
    assert started.pids() == old


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_new_version_that_hangs_is_killed(started, monkeypatch):
    monkeypatch.setattr(module, "START_TIMEOUT", 0.3)
    started.supervisor.end_timeout = 0.2
    old = started.pids()
    started.slow_down(60)
    started.deafen()
    started.supervisor.reload()
    until(lambda: len(started.pids("began")) == 3)
    until(lambda: started.supervisor._successor is None)
    assert [is_there(pid) for pid in started.pids("began")] == [True, True, False]
    assert started.pids() == old


def test_an_old_process_that_hangs_is_killed_so_that_the_next_is_replaced(started):
    started.supervisor.end_timeout = 0.2
    old = started.pids()
    for pid in old:
        os.kill(pid, signal.SIGSTOP)
    started.supervisor.reload()
    until(lambda: len(started.pids()) == 4 and not any(map(is_there, old)))
    assert started.thread.is_alive()


def test_a_stop_kills_what_hangs(started):
    started.supervisor.end_timeout = 0.2
    for pid in started.pids():
        os.kill(pid, signal.SIGSTOP)
    started.supervisor.stop()
    started.thread.join(20)
    assert (started.thread.is_alive(), started.code) == (False, 0)


def test_killing_a_process_kills_what_it_started(tmp_path):
    worker = Worker(["sh", "-c", "sleep 60 & echo $! > $0; wait", f"{tmp_path}/pid"], 0)
    until((tmp_path / "pid").exists)
    until((tmp_path / "pid").read_text)
    worker.kill()
    worker.process.wait()
    worker.clear_up()
    until(lambda: not is_running(int((tmp_path / "pid").read_text())))


def is_running(pid):
    """Return whether it exists and is no zombie, which nobody may collect in a container."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_process_that_cannot_be_started_now_is_replaced_later(started, monkeypatch):
    monkeypatch.setattr(module, "MAX_DELAY", 0.1)
    old, start, tries = started.pids(), started.supervisor._worker, []

    def worker(place):
        tries.append(place)
        return start(place) if len(tries) > 1 else None

    monkeypatch.setattr(started.supervisor, "_worker", worker)
    started.supervisor.reload()
    until(lambda: len(started.pids()) == 2 and not set(old) & set(started.pids()))
    assert tries == [0, 0, 1]


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGSEGV])
def test_whatever_signal_ends_granian_ends_what_served_for_it(tmp_path, by):
    worker = Worker(["sleep", "60"], 0)
    serving = subprocess.Popen(["sleep", "60"])
    worker.serving_pid = serving.pid
    worker.process.send_signal(by)
    worker.process.wait()
    worker.clear_up()
    assert serving.wait(5) == -signal.SIGTERM


def test_a_process_that_dies_while_all_are_replaced_is_replaced_too(started):
    started.slow_down(0.2)
    old = started.pids()
    started.supervisor.reload()
    os.kill(old[1], signal.SIGKILL)
    until(lambda: len(started.pids()) == 3 and old[0] not in started.pids())
    until(lambda: [worker.is_ready for worker in started.supervisor._serving.values()] == [True, True])


def test_a_stop_while_all_are_replaced_ends_all(started):
    started.slow_down(0.5)
    started.supervisor.reload()
    until(lambda: len(started.history()) == 5)
    started.supervisor.stop()
    started.thread.join(20)
    assert (started.code, started.pids("began")) == (0, [])


def test_what_cannot_start_at_all_ends_with_its_code(site):
    site.break_down()
    site.thread.start()
    site.thread.join(20)
    assert (site.thread.is_alive(), site.code) == (False, 3)


def test_the_machine_is_told_once_when_the_first_is_ready(site, monkeypatch):
    said = []
    monkeypatch.setattr(module, "notify", said.append)
    site.thread.start()
    until(lambda: len(site.pids()) == 2)
    assert said == ["READY=1"]
