"""The production server as `make serve` starts it: slow clients, a reload, a dying process, the end lose no reader."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from newsroom.server import main
from tests.articles import cast
from tests.bench.processes import children, family, listeners, memory, running
from tests.servers import ROOT, Browser, own_database, started

pytestmark = [pytest.mark.only_on("sqlite"), pytest.mark.long]

MANY = 200  # slow clients
SOON = 3.0  # seconds that a reader waits at most, on a busy machine
HEAD = "Host: 127.0.0.1\r\n"
FORM = (
    f"POST /admin/login/ HTTP/1.1\r\n{HEAD}Cookie: csrftoken={'a' * 32}\r\nConnection: close\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def url(folder, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database(folder) as url:
        yield url


@pytest.fixture(scope="module")
def server(url, folder):
    with started(url, folder) as server:
        until(lambda: listeners(server.port) == 2)  # the first answers before the second has started
        yield server


@contextlib.contextmanager
def connections(server, number, said):
    """Open this number of connections, each of which sends this and then stops."""
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _ in range(number)]
        for line in lines:
            line.sendall(said.encode())
        time.sleep(0.5)
        yield lines


class Readers:
    """Readers who open the front page repeatedly, each time by a new connection.

    One that no process took yet is reset when its process ends (the kernel's tcp_migrate_req, off by default, would
    hand it on): they ask again then, as browsers and web servers do.
    """

    def __init__(self, server, number=4):
        self.server, self.number, self.pages, self.faults, self.slowest = server, number, 0, [], 0.0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(number)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self):
        while not self._stop.is_set():
            start = time.monotonic()
            try:
                status = self._open()
            except (OSError, http.client.HTTPException) as fault:
                status = repr(fault)
            self.slowest = max(self.slowest, time.monotonic() - start)
            self.pages += 1
            if status != 200:
                self.faults.append(status)

    def _open(self):
        for _try in range(2):
            with contextlib.suppress(ConnectionResetError):
                return Browser(self.server).get("/").status
        return "reset twice"


def serving(server):
    """Return the ids of the processes that answer requests, beneath their supervisors."""
    return {pid for granian in children(server.process.pid) for pid in children(granian)}


def until(happened, seconds=30):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(
    "said",
    ["", f"GET / HTTP/1.1\r\n{HEAD}", f"{FORM}username=a", f"GET / HTTP/1.1\r\n{HEAD}\r\n"],
    ids=["nothing", "half a head", "half a body", "no more requests"],
)
def test_slow_clients_hold_no_reader_up(server, said):
    with connections(server, MANY, said), Readers(server) as readers:
        time.sleep(1)
    assert readers.faults == []
    assert readers.pages > 20
    assert readers.slowest < SOON


def test_who_sends_slowly_keeps_nobody_from_signing_in(server):
    with connections(server, 3 * MANY, f"{FORM}username=a"):
        answer = Browser(server, {"csrftoken": "a" * 32}).post("/admin/login/", {"login": "awa"})
    assert answer.status == 200


def test_editors_who_save_at_once_are_all_answered(server):
    cast.editor()
    form = {"version": "1", "body": "<p>La bourse de Douala.</p>", "language": "en", "label": "news", "standfirst": ""}
    form |= {"section": cast.section().pk, "_save": "1"}
    editors = [Browser(server) for _number in range(30)]
    for editor in editors:
        editor.sign_in("awa")
    answers = []

    def save(number):
        new = form | {"headline": f"Le port ferme {number}"}
        answers.append(editors[number].post("/admin/articles/article/add/", new).status)

    saves = [threading.Thread(target=save, args=[number]) for number in range(30)]
    for thread in saves:
        thread.start()
    for thread in saves:
        thread.join()
    assert answers == [302] * 30


def test_file_of_a_stranger_is_refused_before_it_is_read(server):
    head = FORM.replace("Length: 100", "Length: 95000000")
    with connections(server, 1, f"{head}username=a") as [line]:
        line.settimeout(5)
        assert line.recv(12) == b"HTTP/1.1 413"


def test_hostile_requests_leave_no_memory_behind(server):
    def attack(number):
        long = f"{number}" * 5000
        Browser(server, headers={"Accept-Encoding": long}).get("/")
        Browser(server, headers={"Referer": long}).get("/admin/")
        Browser(server).get(f"/?utm_source={long}")
        Browser(server, headers={"Accept-Encoding": long[:8000]}).get(f"/search/?utm_source={long[:1900]}")

    for number in range(20):  # until each process has loaded what it needs
        attack(number)
    before = memory([server.process.pid])
    for number in range(10_000, 10_400):
        attack(number)
    assert memory([server.process.pid]) - before < 20  # megabytes


def test_reload_takes_new_processes_and_loses_no_request(server):
    before = serving(server)
    with Readers(server) as readers:
        time.sleep(0.5)
        server.process.send_signal(signal.SIGHUP)
        until(lambda: len(serving(server) - before) == 2 and not before & serving(server))
        time.sleep(0.5)
    assert (readers.faults, readers.pages > 20) == ([], True)


def test_reload_loses_no_request_however_slowly_processes_start(url, folder, monkeypatch):
    """They start more slowly than granian would wait for the new one before it ends the old one: 3.5 seconds."""
    monkeypatch.setenv("SLOW_START", "4")
    with started(url, folder, settings="tests.slow_settings") as server:
        before = serving(server)
        with Readers(server, 8) as readers:
            server.process.send_signal(signal.SIGHUP)
            until(lambda: len(serving(server) - before) == 2 and not before & serving(server), seconds=90)
            time.sleep(0.5)
    assert (readers.faults, readers.pages > 100) == ([], True)


def test_process_that_dies_is_replaced_and_the_others_go_on(server):
    before = serving(server)
    os.kill(max(before), signal.SIGKILL)
    until(lambda: len(serving(server) - before) == 1 and Browser(server).get("/").status == 200)
    with Readers(server) as readers:
        time.sleep(1)
    assert readers.faults == []


def test_two_deaths_in_quick_succession_leave_a_server_that_serves(server):
    """A process dies, and then the one that took its place, at which granian itself would give up."""
    before = serving(server)
    with Readers(server) as readers:
        os.kill(max(before), signal.SIGKILL)
        replaced = set()
        until(lambda: replaced.update(serving(server) - before) or replaced)
        os.kill(replaced.pop(), signal.SIGKILL)
        until(lambda: len(serving(server)) == 2)
        time.sleep(1)
        faults = list(readers.faults)
        until(lambda: readers._open() == 200)
    assert len(faults) <= 3 * readers.number, "requests that were under way in the processes that died"


def test_server_that_is_ended_while_it_starts_ends(url, folder):
    with started(url, folder) as server:  # the first process answers, the second may be starting
        server.process.send_signal(signal.SIGHUP)
        until(lambda: len(serving(server)) > 2)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(15) == 0


def test_nothing_goes_on_when_the_supervisor_is_killed(url, folder):
    with started(url, folder) as server:
        below = [process.pid for process in family([server.process.pid])]
        server.process.kill()
        server.process.wait()
        until(lambda: not set(below) & set(running()))


TIMES = {"date", "age", "expires", "last-modified"}


def test_head_says_what_get_would(server):
    def headers(method, path, **more):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
            connection.request(method, path, headers=more)
            response = connection.getresponse()
            # Each process makes its own page, in a second of its own.
            times = {name: "" for name in response.headers if name.lower() in TIMES}
            return response.status, response.read(), dict(response.headers) | times

    for path in ("/", "/robots.txt", "/admin/login/"):
        whole, head = headers("GET", path), headers("HEAD", path)
        names = [name for name in whole[2] if name.lower() not in ("set-cookie", "content-encoding")]
        assert (head[0], head[1]) == (200, b"")
        assert [head[2].get(name) for name in names] == [whole[2][name] for name in names]
    etag = {name.lower(): value for name, value in headers("GET", "/")[2].items()}["etag"]
    assert headers("GET", "/", **{"If-None-Match": etag})[:2] == (304, b"")


def test_port_that_is_taken_is_said(server):
    command = [sys.executable, "-m", "newsroom.server", "--port", str(server.port)]
    said = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=20)
    assert (said.returncode, said.stderr) == (
        1,
        f"Port {server.port} on 127.0.0.1 is taken: something else listens there.\n",
    )


def test_a_site_without_a_process_that_serves_is_refused(capsys):
    assert main(["--workers", "0"]) == 1
    assert "1 or more" in capsys.readouterr().err


def test_what_is_under_way_is_answered_before_the_end(url, folder):
    with started(url, folder) as server, connections(server, 4, f"{FORM}username=a") as lines:
        server.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert server.process.poll() is None
        for line in lines:
            line.settimeout(10)
            line.sendall(b"a" * 90)
        assert [line.recv(12) for line in lines] == [b"HTTP/1.1 403"] * 4
        assert server.process.wait(10) == 0
