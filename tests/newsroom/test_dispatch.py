"""No kind of work waits for another's, and a stored page for none."""

import asyncio
import threading
import time

import pytest
from django.db import OperationalError

from newsroom.dispatch import Dispatcher
from newsroom.page_cache.workers import Workers
from tests.articles import cast
from tests.newsroom.page_cache.conftest import Reader
from tests.rsgi import run_in_thread, send_request


class Held:
    """An application that answers when it is let go."""

    def __init__(self):
        self.go_on = threading.Event()

    def __call__(self, environ, start_response):
        assert self.go_on.wait(20)
        return done(start_response)


@pytest.fixture
def reader(transactional_db):
    reader = Reader()
    yield reader
    reader.cache.watcher.stop()


@pytest.fixture
def site(reader):
    return Dispatcher(reader.site, reader.cache)


def done(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]


async def while_waiting(site, slow, quick, **headers):
    """Return (status, seconds) of the quick address while these requests wait; all have been answered at the end."""
    under_way = [asyncio.create_task(request) for request in slow]
    await asyncio.sleep(0.3)
    began = time.monotonic()
    answer = await send_request(site, quick, **headers)
    seconds = time.monotonic() - began
    site.let_go()
    return answer.status, seconds, [answer.status for answer in await asyncio.gather(*under_way)]


def hold(site, reader):
    held = Held()
    site.django = reader.cache.renderers.django = held
    site.let_go = held.go_on.set


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/search/?q={}", {}),
        ("/rien/{}/", {}),
        ("/{}/", {"authorization": "Basic x"}),
        ("/admin/{}/", {"cookie": "sessionid=x"}),
        ("/admin/{}/", {"method": "POST", "body": [b"a=b"]}),
        ("/admin/{}/", {"method": "POST", "body": [b"a"], "length": 1000}),
        ("/static/{}", {}),
    ],
)
def test_a_stored_page_waits_for_nothing(site, reader, path, more):
    reader.get("/")
    hold(site, reader)
    slow = [send_request(site, path.format(number), **more) for number in range(64)]
    status, seconds, _statuses = run_in_thread(while_waiting(site, slow, "/"))
    assert (status, seconds < 10) == (200, True)


def test_all_who_search_at_once_are_answered(site, reader):
    reader.get("/")
    hold(site, reader)
    slow = [send_request(site, f"/search/?q={number}") for number in range(64)]
    assert run_in_thread(while_waiting(site, slow, "/"))[2] == [200] * 64


def test_however_many_want_the_same_page_one_thread_waits_for_it(site, reader):
    reader.get("/")
    hold(site, reader)
    site.waiters = Workers("waiter", 1, most_waiting=0)
    slow = [send_request(site, "/archive/") for _number in range(300)]
    assert run_in_thread(while_waiting(site, slow, "/"))[2] == [200] * 300


def test_a_page_that_nobody_may_store_is_rendered_for_each(site, reader):
    go_on, asked = threading.Event(), []

    def refuse(environ, start_response):
        asked.append(environ)
        assert go_on.wait(20)
        start_response("200 OK", [("Cache-Control", "private")])
        return [b"x"]

    site.django = reader.cache.renderers.django = refuse

    async def statuses():
        readers = [asyncio.create_task(send_request(site, "/archive/")) for _number in range(10)]
        await asyncio.sleep(0.2)
        go_on.set()
        return [answer.status for answer in await asyncio.gather(*readers)]

    assert run_in_thread(statuses()) == [200] * 10
    assert len(asked) == 10


def test_all_who_save_at_once_are_answered(site, reader):
    reader.get("/")
    hold(site, reader)
    slow = [send_request(site, "/admin/", "POST", body=[b"a=b"], cookie="sessionid=x") for number in range(60)]
    assert run_in_thread(while_waiting(site, slow, "/"))[2] == [200] * 60


def test_more_than_can_wait_are_asked_to_come_again(site, reader):
    reader.get("/")
    hold(site, reader)
    slow = [send_request(site, f"/fr/search/?q={number}") for number in range(150)]
    statuses = run_in_thread(while_waiting(site, slow, "/"))[2]
    assert (statuses.count(200), statuses.count(503)) == (site.waiters.threads, 150 - site.waiters.threads)


def test_desk_does_not_wait_for_strangers(site, reader):
    reader.get("/")
    held = Held()
    real = site.django
    site.django = lambda environ, start: (real if environ["PATH_INFO"].startswith("/admin/") else held)(environ, start)
    site.let_go = held.go_on.set
    slow = [send_request(site, f"/{number}/", authorization="Basic x") for number in range(20)]
    assert run_in_thread(while_waiting(site, slow, "/admin/login/"))[:1] == (200,)


@pytest.fixture
def staff(client, transactional_db):
    """Return the cookie of a person who is signed in."""
    client.force_login(cast.reporter())
    return f"sessionid={client.cookies['sessionid'].value}"


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/articles/article/", "/rubrique/"])
@pytest.mark.parametrize("cookie", [{}, {"cookie": "sessionid=invented"}])
def test_staff_do_not_wait_for_strangers(site, staff, path, cookie):
    held = Held()
    is_of_staff = {"HTTP_COOKIE": staff}.items()
    site.django = lambda environ, start: done(start) if is_of_staff <= environ.items() else held(environ, start)
    site.let_go = held.go_on.set
    slow = [send_request(site, path, **cookie) for _number in range(20)]
    status, seconds, _statuses = run_in_thread(while_waiting(site, slow, "/admin/", cookie=staff))
    assert (status, seconds < 10) == (200, True)


def test_strangers_with_invented_sessions_are_only_so_many_at_once(site, reader):
    reader.get("/")
    hold(site, reader)
    site.sign_in = Workers("sign-in", 2, most_waiting=10)
    slow = [send_request(site, "/admin/", cookie=f"sessionid={number}") for number in range(40)]
    statuses = run_in_thread(while_waiting(site, slow, "/"))[2]
    assert (statuses.count(200), statuses.count(503)) == (12, 28)


def test_the_desk_says_itself_that_the_database_does_not_answer(site, staff, monkeypatch):
    def fail(_environ):
        raise OperationalError("none")

    monkeypatch.setattr(site.staff_sessions, "check", fail)
    site.django = lambda _environ, start: done(start)
    assert run_in_thread(send_request(site, "/admin/", cookie=staff)).body == b"done"


def test_sign_of_life_does_not_wait_for_the_database(site, reader):
    reader.get("/")
    held = Held()
    real = site.django
    site.django = lambda environ, start: (held if environ["PATH_INFO"] == "/health/" else real)(environ, start)
    site.let_go = held.go_on.set
    slow = [send_request(site, "/health/") for _number in range(20)]
    status, seconds, _statuses = run_in_thread(while_waiting(site, slow, "/health/live/"))
    assert (status, seconds < 10) == (200, True)


def test_sign_of_life_does_not_wait_for_files(site, reader):
    held = Held()
    site.django = lambda environ, start: (held if environ["PATH_INFO"].startswith("/static/") else reader.site)(
        environ, start
    )
    site.let_go = held.go_on.set
    slow = [send_request(site, f"/static/{number}") for number in range(20)]
    status, seconds, _statuses = run_in_thread(while_waiting(site, slow, "/health/live/"))
    assert (status, seconds < 10) == (200, True)


def test_all_who_follow_links_of_campaigns_at_once_are_answered(site, reader):
    reader.get("/archive")
    hold(site, reader)
    slow = [send_request(site, f"/archive?utm_source={number}") for number in range(300)]
    assert run_in_thread(while_waiting(site, slow, "/archive"))[2] == [200] * 300


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_answer_is_that_of_the_page_cache(site, reader, method):
    stored = reader.get("/", method, accept_encoding="br")
    answer = run_in_thread(send_request(site, "/", method, accept_encoding="br"))
    assert (answer.status, answer.body, answer.headers["ETag"]) == (200, stored.body, stored.headers["ETag"])


def test_without_a_page_cache_django_answers(reader):
    assert run_in_thread(send_request(Dispatcher(reader.site, None))).status == 200


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/?" + "x" * 9000, {}, 414),
        ("/", {"accept": "x" * 17_000}, 431),
        ("/", {"x-forwarded-for": "é"}, 400),
        ("/", {"method": "POST", "length": 10**9}, 413),
        ("/", {"method": "POST", "body": [b"a"], "length": 2}, 408),
    ],
)
def test_a_refusal_is_kept_by_nobody(site, path, headers, status):
    answer = run_in_thread(send_request(site, path, **headers))
    assert (answer.status, answer.headers["Cache-Control"]) == (status, "no-store")
