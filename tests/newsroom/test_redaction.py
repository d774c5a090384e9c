"""No secret leaves the process: not in a page, a mail, a log line, a traceback, a command's output."""

import logging
import os
import subprocess
import sys

import pytest
from django.views.debug import get_exception_reporter_class

import newsroom.settings
from newsroom import redaction
from newsroom.redaction import MASK, RedactingFormatter, hide, redact
from tests.servers import ROOT, Browser, Server

pytestmark = pytest.mark.only_on("sqlite")  # its server has a database of its own

CANARY = "geheim7Q"  # in every secret
SECRETS = {
    "SECRET_KEY": f"Kc7fPz0wYh3qXe9RmL2vNb8sUj5aTd1gQo6iGyC4-{CANARY}-ZkW9",
    "DATABASE_URL": f"postgresql://awa:p%26w%2F{CANARY}@127.0.0.1:1/news?sslpassword={CANARY}",
    "EMAIL_HOST_PASSWORD": f"p&w'{CANARY}",
    "OIDC_CLIENT_SECRET": f"client/{CANARY}",
    "REDIS_URL": f"redis://:{CANARY}@127.0.0.1:1/0",
}


@pytest.fixture(autouse=True)
def _own_secrets(monkeypatch):
    monkeypatch.setattr(redaction, "_secrets", set())


def test_every_secret_has_its_canary():
    assert set(newsroom.settings.env.secret_names) == SECRETS.keys()


def secret_environment(folder):
    return SECRETS | {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "ADMINS": "operator@news.example",
        "LOG_LEVEL": "DEBUG",
        "HTTP_PROXY": f"http://awa:{CANARY}@proxy",
    }


@pytest.fixture(scope="module", params=["0", "1"], ids=["production", "debug"])
def told(request, tmp_path_factory):
    """Return everything that a process writes while pages fail and commands are run: (debug, text)."""
    environment = secret_environment(tmp_path_factory.mktemp("told")) | {"DEBUG": request.param}
    command = [sys.executable, "-m", "tests.telling"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert "check --deploy was the last" in run.stdout, run.stderr
    return request.param, run.stdout + run.stderr


def test_no_secret_is_told_anywhere(told):
    _debug, text = told
    assert CANARY not in text


def test_what_is_told_is_the_failure_with_masks_in_it(told):
    debug, text = told
    expected = ["RuntimeError", MASK, "/admin/show/ 200", "DATABASES", "red: database"]
    expected += ["<!DOCTYPE html>" if debug == "1" else "To: operator@news.example"]
    assert [word for word in expected if word not in text] == []
    # Of pages, of a thread, of an object that goes, and of the command that it ends.
    assert text.count("RuntimeError: ") > 3


def test_nobody_has_a_mail_sent_by_too_many_fields(told):
    debug, text = told
    subjects = [line for line in text.splitlines() if line.startswith("Subject:")]
    assert len(subjects) == (0 if debug == "1" else 2), subjects  # the page that tells, and the database


def test_the_server_tells_no_secret_of_what_leaves_the_application(tmp_path):
    server = Server("", tmp_path)
    server.environment = secret_environment(tmp_path) | {
        "DJANGO_SETTINGS_MODULE": "tests.telling_settings",
        "GRANIAN_WORKERS": "1",
    }
    try:
        server.start(sign_of_life="/health/live/")
        assert Browser(server).get("/admin/tell/").status == 500
        server.process.terminate()  # so that it ends when the mail is sent
        server.process.wait(timeout=20)
    finally:
        server.kill()
    told = (tmp_path / "server.log").read_text()
    assert [word for word in ("RuntimeError: ", MASK, "To: operator@news.example") if word not in told] == []
    assert CANARY not in told


@pytest.mark.parametrize("command", ["manage.py check", "-m newsroom.server --port 0"])
def test_a_start_that_fails_tells_no_secret(tmp_path, command):
    environment = secret_environment(tmp_path) | {
        "DJANGO_SETTINGS_MODULE": "tests.telling_settings",
        "FAIL_AT_START": "1",
        "GRANIAN_WORKERS": "1",
    }
    run = subprocess.run([sys.executable, *command.split()], cwd=ROOT, env=environment, capture_output=True, timeout=60)
    told = (run.stdout + run.stderr).decode()
    assert (run.returncode, "ModuleNotFoundError: " in told, MASK in told) == (1, True, True)
    assert CANARY not in told


def test_a_secret_is_masked_in_every_spelling():
    hide([f"smtp://:a%26b%2F{CANARY}%27@host"])
    for spelling in (f"a&b/{CANARY}'", f"a%26b%2F{CANARY}%27", f"a&amp;b/{CANARY}&#x27;", repr([f"a&b/{CANARY}'"])):
        assert CANARY not in redact(spelling)


def test_a_line_of_the_log_hides_secrets_of_its_traceback():
    hide([CANARY])
    try:
        raise ValueError(CANARY)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "No %s", (CANARY,), sys.exc_info())
    assert CANARY not in RedactingFormatter().format(record)


def test_a_short_password_makes_no_text_unreadable():
    hide(["abc"])
    assert redact("abcdefg") == "abcdefg"


@pytest.mark.parametrize("name", ["password", "new_password1", "headline"])
def test_what_was_typed_is_in_no_report_wherever_the_request_fails(rf, settings, name):
    settings.DEBUG = False
    request = rf.post("/admin/login/", {name: "streng geheim"})  # which no middleware nor view has seen
    report = get_exception_reporter_class(request)(request, RuntimeError, RuntimeError("nein"), None)
    told = report.get_traceback_text() + report.get_traceback_html()
    assert ("streng geheim" in told, name in told) == (False, True)
