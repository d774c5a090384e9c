"""Bodies arrive whole, in time and within their limits, before anybody looks at them."""

import asyncio
import errno
import threading

import pytest
from django.db import OperationalError
from granian.rsgi import ProtocolError

from newsroom import uploads
from newsroom.dispatch import Dispatcher
from newsroom.page_cache import renderers
from tests.rsgi import run_in_thread, send_request

MEGABYTE = b"0" * 1024**2


def echo(environ, start_response):
    """Answer with the length of the body that the application reads."""
    start_response("200 OK", [])
    return [str(len(environ["wsgi.input"].read())).encode()]


@pytest.fixture
def site():
    return Dispatcher(echo, None)


@pytest.fixture
def signed_in(site):
    async def yes(environ):
        return True

    site.uploads.is_staff = yes


@pytest.fixture
def stranger(site):
    async def no(environ):
        return False

    site.uploads.is_staff = no


def post_body(site, body=(), **more):
    return run_in_thread(send_request(site, "/admin/login/", "POST", body=body, **more))


@pytest.mark.parametrize("chunks", [[b"a=b"], [b"a", b"=b"], [b"x" * 300_000, b"y" * 300_000]])
def test_body_reaches_the_application_whole(site, chunks):
    assert post_body(site, chunks).body == str(sum(map(len, chunks))).encode()


def test_nothing_beyond_the_announced_length_is_taken(site):
    assert post_body(site, [b"a=b&c=d"], length=3).body == b"3"


def test_body_that_breaks_off_never_reaches_the_application(site):
    assert post_body(site, [b"a=b"], length=30).status == 408


@pytest.mark.parametrize(
    ("number", "status", "word"), [(errno.ENOSPC, 507, "disk is full"), (errno.EACCES, 503, "try again")]
)
def test_a_disk_that_does_not_take_a_body_is_said(site, monkeypatch, caplog, number, status, word):
    def rollover(_body):
        raise OSError(number, "none")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", rollover)
    answer = post_body(site, [b"x" * 100_000])
    assert (answer.status, word in answer.body.decode()) == (status, True)
    assert caplog.records[0].exc_info[1].errno == number


@pytest.mark.parametrize(("fault", "expected"), [(ProtocolError("gone"), 408), (ValueError("ours"), ValueError)])
def test_only_the_fault_of_a_connection_is_the_senders(site, monkeypatch, fault, expected):
    async def copy(*_body):
        raise fault

    monkeypatch.setattr(uploads, "copy_body", copy)
    if expected is ValueError:
        with pytest.raises(ValueError, match="ours"):
            post_body(site, [b"a"])
    else:
        assert post_body(site, [b"a"]).status == expected


@pytest.mark.usefixtures("stranger")
def test_stranger_sends_a_text_at_most(site, settings):
    assert post_body(site, [MEGABYTE] * 4).status == 200
    answer = post_body(site, [MEGABYTE], length=settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1, stalls=True)
    assert (answer.status, "signed in" in answer.body.decode()) == (413, True)


@pytest.mark.usefixtures("signed_in")
def test_staff_send_pictures_within_the_limit_for_all(site, settings):
    assert post_body(site, [MEGABYTE] * 5).body == str(5 * 1024**2).encode()
    answer = post_body(site, [MEGABYTE], length=settings.MAX_REQUEST_SIZE + 1, stalls=True)
    assert (answer.status, "100 MB" in answer.body.decode()) == (413, True)


@pytest.mark.usefixtures("stranger")
def test_refusal_is_in_the_language_of_the_desk(site, settings):
    answer = post_body(site, [], length=settings.MAX_REQUEST_SIZE, accept_language="fr")
    assert (answer.headers["Content-Language"], "Connectez-vous" in answer.body.decode()) == ("fr", True)


def test_body_that_takes_too_long_is_given_up(site, monkeypatch):
    monkeypatch.setattr(uploads, "BODY_TIMEOUT", 0.1)
    answer = post_body(site, [b"a="], length=100, stalls=True)
    assert (answer.status, "too long" in answer.body.decode()) == (408, True)


def test_slow_bodies_make_room_for_others(site, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UPLOADS_AT_ONCE", 3)

    async def statuses():
        slow = [
            asyncio.create_task(send_request(site, "/", "POST", body=[b"a"], length=9, stalls=True)) for _ in range(3)
        ]
        await asyncio.sleep(0.05)
        quick = [(await send_request(site, "/", "POST", body=[b"a=b"])).status for _ in range(5)]
        return quick, [task.done() for task in slow]

    assert run_in_thread(statuses()) == ([200] * 5, [True, False, False])


def test_a_body_that_has_arrived_is_no_longer_counted(site, monkeypatch):
    """However many editors save at once, nobody is refused."""
    monkeypatch.setattr(uploads, "MAX_UPLOADS_AT_ONCE", 10)
    go_on = threading.Event()
    site.django = lambda environ, start_response: go_on.wait(10) and echo(environ, start_response)

    async def statuses():
        saves = []
        for _save in range(6):
            saves += [asyncio.create_task(send_request(site, "/admin/", "POST", body=[b"a=b"])) for _ in range(10)]
            await asyncio.sleep(0.05)
        go_on.set()
        return {answer.status for answer in await asyncio.gather(*saves)}

    assert run_in_thread(statuses()) == {200}


@pytest.mark.parametrize("length", ["", "-1", "many", "1_0"])
def test_length_without_sense_does_no_harm(site, length):
    assert post_body(site, [], length=length).body == b"0"


def test_file_of_a_body_is_closed(site, monkeypatch):
    bodies = []
    run = renderers.run
    monkeypatch.setattr(
        "newsroom.dispatch.run", lambda django, environ: bodies.append(environ["wsgi.input"]) or run(django, environ)
    )
    post_body(site, [b"a=b"])
    assert [body.closed for body in bodies] == [True]


def test_while_the_database_is_down_files_are_asked_for_later(site):
    async def ask_database(environ):
        raise OperationalError("gone")

    site.uploads.is_staff = ask_database
    answer = post_body(site, [], length=5 * 1024**2)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
