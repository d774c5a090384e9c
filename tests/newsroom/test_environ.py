"""A request of granian's becomes what Django reads, and nothing else."""

import io
import os

import pytest

from newsroom.environ import (
    MAX_HEADER_LENGTH,
    MAX_REQUEST_TARGET_LENGTH,
    RequestTooLong,
    UnreadableRequest,
    environ_of,
    request_of,
)
from tests.rsgi import Scope


def test_what_django_reads_is_there():
    environ = environ_of(Scope("/été/", "q=é", "POST", [("content-length", "3"), ("x-forwarded-for", "198.51.100.9")]))
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/été/"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "q=é"
    assert [environ[name] for name in ("REQUEST_METHOD", "CONTENT_LENGTH", "HTTP_HOST", "HTTP_X_FORWARDED_FOR")] == [
        "POST",
        "3",
        "localhost",
        "198.51.100.9",
    ]
    assert [environ[name] for name in ("SERVER_NAME", "SERVER_PORT", "REMOTE_ADDR")] == [
        "127.0.0.1",
        "8000",
        "192.0.2.7",
    ]


def test_address_of_version_six_has_no_brackets():
    assert environ_of(Scope(client="[2001:db8::1]:40000"))["REMOTE_ADDR"] == "2001:db8::1"


def test_headers_that_come_twice_are_joined():
    environ = environ_of(Scope(pairs=[("cookie", "a=b"), ("cookie", "c=d"), ("accept", "x"), ("accept", "y")]))
    assert (environ["HTTP_COOKIE"], environ["HTTP_ACCEPT"]) == ("a=b; c=d", "x,y")


def test_underscores_do_not_pass_for_the_header_of_a_proxy():
    assert "HTTP_X_FORWARDED_FOR" not in environ_of(Scope(pairs=[("x_forwarded_for", "198.51.100.9")]))


def test_what_else_the_process_knows_is_not_there(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://newsroom:canary@host/name")
    environ = environ_of(Scope())
    assert "canary" not in str(environ)
    assert not set(os.environ) & set(environ)


def test_what_browsers_send_at_most_is_read():
    assert environ_of(Scope(query_string="q" * 4000, pairs=[("cookie", "a=b; " * 2000), ("accept", "x" * 4000)]))


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        (Scope(pairs=[("accept-encoding", "x" * MAX_HEADER_LENGTH)]), "431"),
        (Scope(pairs=[("x" * MAX_HEADER_LENGTH, "y")]), "431"),
        (Scope(pairs=[("cookie", "a=b")] * 2000), "431"),
        (Scope(query_string="x" * MAX_REQUEST_TARGET_LENGTH), "414"),
        (Scope("/" + "é" * MAX_REQUEST_TARGET_LENGTH), "414"),
    ],
)
def test_what_no_browser_sends_is_refused(scope, status):
    with pytest.raises(RequestTooLong, match=status):
        environ_of(scope)


def test_a_header_that_granian_cannot_read_is_refused():
    """Otherwise a visitor whose X-Forwarded-For is lost would have no address to limit."""
    with pytest.raises(UnreadableRequest, match="400"):
        environ_of(Scope(pairs=[("x-forwarded-for", "é, 198.51.100.9")]))


@pytest.mark.parametrize("name", ["cookie", "user-agent", "cf-ipcity", "referer"])
def test_another_header_that_granian_cannot_read_is_left_out(name):
    assert f"HTTP_{name.upper().replace('-', '_')}" not in environ_of(Scope(pairs=[(name, "São Paulo")]))


def test_a_cookie_means_what_django_takes_it_for():
    request = request_of({"REQUEST_METHOD": "GET", "HTTP_COOKIE": 'a="x; sessionid=7; b', "wsgi.input": io.BytesIO()})
    assert request.COOKIES["sessionid"] == "7"
