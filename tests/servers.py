"""A real server with a database of its own, and people who ask it: for tests of what happens when it dies."""

import contextlib
import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.databases import migrate

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT = 30  # seconds


@contextlib.contextmanager
def own_database(folder):
    """Yield the address of a new database of the tests' engine, which this process reads meanwhile."""
    name, old = f"kill_{secrets.token_hex(4)}", connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        name = str(folder / "newsroom.sqlite3")
        url = f"sqlite:///{name}"
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        url = re.sub(r"[^/]+$", name, os.environ["DATABASE_URL"])
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()  # whose ids are another database's
    try:
        migrate()
        connection.close()
        yield url
    finally:
        connection.close()
        connection.settings_dict["NAME"] = old
        ContentType.objects.clear_cache()
        if connection.vendor != "sqlite":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(url, folder):
    """Return the environment of production, except for what only makes tests slow: passwords, collected styles."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "GRANIAN_WORKERS": "2",
        "TMPDIR": str(folder),  # what another server told is no reason to be silent
    }


class Server:
    """A server as `make serve` starts it, in a process group of its own, so that one signal ends all of it."""

    def __init__(self, url, folder):
        self.environment, self.folder = environment(url, folder), folder
        self.process = None

    def start(self, sign_of_life="/health/"):
        self.port = free_port()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "newsroom.server", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Browser(self).get(sign_of_life).status == 200:
                    return
            time.sleep(0.05)
        pytest.fail((self.folder / "server.log").read_text())

    def kill(self):
        """Kill all its processes, which alone are in the group."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Browser:
    """One person's browser: it keeps cookies, and sends a token with each form."""

    server: Any
    cookies: dict = field(default_factory=dict)
    headers: dict = field(default_factory=dict)  # sent with each request

    def sign_in(self, name):
        assert self.get("/admin/login/").status == 200
        form = {"login": name, "password": "mot-de-passe", "next": "/admin/"}
        answer = self.post("/admin/login/?next=/admin/", form)
        assert (answer.status, answer.location) == (302, "/admin/")

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, form):
        return self._ask("POST", path, urlencode(form | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}, doseq=True))

    def post_json(self, path, data):
        token = {"Content-Type": "application/json", "X-CSRFToken": self.cookies["csrftoken"]}
        return self._ask("POST", path, json.dumps(data), token)

    def _ask(self, method, path, body=None, more=None):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)) as line:
            headers = self.headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            headers |= more or ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
            line.request(method, path, body, headers)
            response = line.getresponse()
            for set_cookie in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
            return Answer(response.status, response.headers.get("Location", ""), response.read().decode())


@contextlib.contextmanager
def started(url, folder, settings="tests.settings"):
    server = Server(url, folder)
    server.environment["DJANGO_SETTINGS_MODULE"] = settings
    try:
        server.start()
        yield server
    finally:
        server.kill()
