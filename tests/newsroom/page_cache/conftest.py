"""A page cache before the real site, and a reader who asks it as a server does."""

import io
import time
from dataclasses import dataclass, field, replace

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from newsroom.page_cache.change_watcher import ChangeWatcher
from newsroom.page_cache.key import parse_page_request
from newsroom.page_cache.renderers import run
from newsroom.page_cache.wrapper import PageCache


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


@dataclass
class Site:
    """Django and how often it was asked."""

    django: WSGIHandler = field(default_factory=WSGIHandler)
    asked: list = field(default_factory=list)
    slowness: float = 0.0  # seconds

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        time.sleep(self.slowness)
        try:
            return self.django(environ, start_response)
        finally:
            connection.close()


class Reader:
    def __init__(self, size=10_000_000):
        self.site = Site()
        self.cache = PageCache(self.site, size)

    def get(self, path, method="GET", **headers):
        """Answer as newsroom/dispatch.py does, but without its threads."""
        environ = self._environ(path, method, headers)
        wanted = parse_page_request(environ)
        if not wanted:
            return self._answer(environ, run(self.site, environ))
        stored = self.cache.respond_from_store(wanted, environ)
        return self._answer(environ, stored or self.cache.respond(wanted, environ))

    def ask(self, application, path, method="GET", **headers):
        environ = self._environ(path, method, headers)
        return self._answer(environ, run(application, environ))

    def _environ(self, path, method, headers):
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
        return environ | {f"HTTP_{name.upper()}": value for name, value in headers.items()}

    def _answer(self, environ, response):
        body = b"" if environ["REQUEST_METHOD"] == "HEAD" else response.body
        return Answer(int(response.status[:3]), dict(response.headers), body)

    @property
    def renderings(self):
        return len(self.site.asked)


class AskingWatcher(ChangeWatcher):
    """Reads the change log for every snapshot: no test waits for it. It is `ahead` seconds of this clock."""

    ahead = 0.0

    def peek_snapshot(self, now):
        self._snapshot = self._read_change_log(now + self.ahead)
        return replace(self._snapshot, read_at=now)

    get_snapshot = peek_snapshot


@pytest.fixture
def reader(transactional_db):
    reader = Reader()
    yield reader
    reader.cache.watcher.stop()


def until(condition, seconds=10):
    """Wait until this is true, and return whether it is."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def come_back_to(reader, *paths):
    """Open each page twice, by which the cache knows that readers come back."""
    for path in 2 * paths:
        assert reader.get(path).status == 200
