"""The real server with two processes: what is published is in both at once, and readers outlive the database."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests import postgres
from tests.articles import cast
from tests.bench.processes import listeners
from tests.servers import ROOT, Browser, Server, environment, own_database


@contextmanager
def started(url, folder):
    """Start the server and wait for both its processes: the first may be ready long before the second."""
    server = Server(url, folder)
    try:
        server.start()
        deadline = time.monotonic() + 30
        while listeners(server.port) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        yield server
    finally:
        server.kill()


def asked(server, path="/", times=20):
    """Return (status, text) of several answers, each on a connection of its own, so that every process gives some."""
    answers = [Browser(server).get(path) for _time in range(times)]
    return [(answer.status, answer.text) for answer in answers]


def statuses(server, path="/", seconds=1.0):
    """Return (statuses, the slowest answer in seconds) of a reader who asks all the time."""
    found, slowest, end = set(), 0.0, time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        found.add(Browser(server).get(path).status)
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.02)
    return found, slowest


def test_a_publication_is_in_every_process_within_a_second(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database(tmp_path) as url, started(url, tmp_path) as server:
        chief = cast.editor()
        drafts = [cast.draft(f"Le port ferme {number}") for number in range(3)]
        busy = threading.Event()
        load = threading.Thread(target=lambda: [asked(server) for _round in iter(busy.is_set, True)])
        load.start()
        try:
            for draft in drafts:
                asked(server)
                draft.publish(chief)
                time.sleep(1)
                assert all(draft.headline in text for _status, text in asked(server))
        finally:
            busy.set()
            load.join()


# A PostgreSQL that breaks


class Broken:
    def __init__(self, url):
        self.data = Path(unquote(urlsplit(url).netloc.partition("@")[2]), "data")

    def pids(self):
        """Return the process ids of the server, then of its children."""
        head = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{head}/task/{head}/children").read_text().split()
        return [head, *map(int, children)]

    def signal(self, number):
        for pid in self.pids():
            os.kill(pid, number)

    def crash(self):
        """Kill one of PostgreSQL's processes: it ends all connections, recovers and comes back."""
        os.kill(self.pids()[-1], signal.SIGKILL)


@pytest.fixture
def broken(tmp_path, django_db_setup):
    with postgres.server(postgres.find_binaries()) as url:
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment(url, tmp_path), check=True)
        with started(url, tmp_path) as server:
            asked(server)
            database = Broken(url)
            yield database, server
            database.signal(signal.SIGCONT)


@pytest.mark.only_on("postgresql")
def test_readers_do_not_notice_that_the_database_crashes_and_comes_back(broken):
    database, server = broken
    database.crash()
    assert statuses(server, seconds=3)[0] == {200}
    assert statuses(server, "/archive/")[0] == {200}


@pytest.mark.only_on("postgresql")
def test_a_database_that_hangs_hangs_no_page_that_is_held(broken):
    database, server = broken
    database.signal(signal.SIGSTOP)
    strangers = [
        threading.Thread(target=Browser(server).get, args=[path])
        for path in ["/archive/", "/feed/", "/tag/", "/author/", "/sitemap.xml", "/search/?q=a"] * 3
    ]
    for stranger in strangers:  # more than the server has threads
        stranger.start()
    found, slowest = statuses(server, seconds=6)
    for stranger in strangers:
        stranger.join()
    assert found == {200}
    assert slowest < 4
    assert statuses(server)[1] < 0.5


@pytest.mark.only_on("postgresql")
def test_a_page_that_is_not_held_says_when_to_come_back_and_comes_back(broken):
    database, server = broken
    database.signal(signal.SIGSTOP)
    time.sleep(1)
    assert statuses(server, "/fr/archive/", seconds=5)[0] == {503}
    database.signal(signal.SIGCONT)
    time.sleep(5.5)  # a connection that was begun meanwhile is given up after five
    assert statuses(server, "/fr/archive/")[0] == {200}
