"""What every test may ask for: a clean cache and media folder for each test, and a page in a real browser."""

import contextlib
import gc
import itertools
import logging
import os
import shutil
import threading
import time

import hypothesis
import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import connection, connections, transaction
from django.template.response import SimpleTemplateResponse
from django.test import TransactionTestCase

from newsroom import alarms, health
from tests.databases import copied_as_template
from tests.flushing import quick_flush

# What is imported and collected stays until the end: looking through it again and again frees nothing.
gc.set_threshold(50_000, 20, 100)

# A busy machine makes an example slow, not wrong.
hypothesis.settings.register_profile("newsroom", deadline=None)
hypothesis.settings.load_profile("newsroom")

collect_ignore = ["bench/bare.py", "bench/settings.py", "slow_settings.py"]  # settings of other processes

# Without windows, a page costs less than half as much.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",  # CI runs as root, which Chromium's sandbox refuses
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
# A busy machine makes a page slow, not wrong. Less than the 20 seconds after which the desk's scripts ask again.
PATIENCE = 15_000  # milliseconds


def pytest_addoption(parser):
    parser.addoption(
        "--another-python",
        action="store_true",
        help="On PostgreSQL, also run what the database has no part in: this Python has not run it on SQLite.",
    )


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):  # `page` may also be a parameter
            item.add_marker(pytest.mark.browser)
    here, elsewhere = [], []
    for item in items:
        (here if _belongs_here(item, config.getoption("another_python")) else elsewhere).append(item)
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = here


def _belongs_here(item, another_python):
    """Return whether this run has the test. What the database has no part in runs on SQLite.

    The browser drives pages there too, which answer alike on both databases.
    """
    if marker := item.get_closest_marker("only_on"):
        return connection.vendor in marker.args
    if connection.vendor == "sqlite":
        return True
    if item.get_closest_marker("browser"):
        return False
    if _uses_database(item) and not item.get_closest_marker("one_database"):
        return True
    return another_python and not item.get_closest_marker("long")


def _uses_database(item):
    fixtures = {"db", "transactional_db", "django_db_setup", "live_server"} & set(getattr(item, "fixturenames", ()))
    return (
        fixtures
        or item.get_closest_marker("django_db")
        or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    )


@pytest.fixture(scope="session")
def configured_database():
    return connection.settings_dict["NAME"]


@pytest.fixture(scope="session")
def django_db_setup(configured_database, django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep a copy of the new database: tests that need another one need not migrate it. Flush it quickly.

    There is none to copy when no test of this run writes to it.
    """
    with contextlib.ExitStack() as stack:
        with django_db_blocker.unblock():
            if connection.settings_dict["NAME"] != configured_database:
                stack.enter_context(copied_as_template(tmp_path_factory.mktemp("template")))
            stack.enter_context(quick_flush())
        yield
        with django_db_blocker.unblock():
            stack.close()


@contextlib.contextmanager
def rolled_back():
    """Take back what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Let SQLite's tests use a file: the live server's threads need connections of their own."""
    for database in connections.all(initialized_only=False):
        if database.vendor == "sqlite":
            database.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="module")
def shared_rows(django_db_setup, django_db_blocker):
    """Keep the rows that fixtures of this scope create for all tests of a module that are in a transaction each.

    The transaction of a test is then a savepoint in this one. A fixture with parameters rolls back its own rows: see
    `rolled_back`.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, rolled_back():
        patch.setattr(connections[connection.alias], "close", lambda: None)  # Django closes it after each test
        yield


@pytest.fixture
def empty_pages(monkeypatch):
    """Render no page of the desk: for tests that ask only for statuses, contexts and what is stored."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.fixture
def admin_client(admin_client):
    """Return the browser of an administrator who has just typed the password once more."""
    admin_client.post("/admin/account/reauthenticate/", {"password": "password"})
    return admin_client


@pytest.fixture(autouse=True)
def _mail_at_once(monkeypatch):
    """Send mail about accounts before the answer, so that a test finds it."""
    monkeypatch.setattr("newsroom.accounts.adapter.send_in_background", lambda send: send())


@pytest.fixture(scope="session")
def media_folders(tmp_path_factory):
    """Return a function that returns a further folder, which does not exist yet."""
    parent, numbers = tmp_path_factory.mktemp("media"), itertools.count()
    return lambda: parent / str(next(numbers)) / "media"


@pytest.fixture(autouse=True)
def _own_media(settings, media_folders):
    """Give each test a folder of pictures, which the first picture makes: most tests have none."""
    folder = settings.MEDIA_ROOT = media_folders()
    yield
    if folder.parent.exists():
        shutil.rmtree(folder.parent)


@pytest.fixture(autouse=True)
def _empty_cache():
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_health(monkeypatch):
    monkeypatch.setattr(health, "report", health.HealthReport())


@pytest.fixture(scope="session")
def mark_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("marks")


@pytest.fixture(autouse=True)
def _own_outages(mark_folder, monkeypatch):
    """Forget outages of other tests, which would keep this one's failures out of the log."""
    for marks in mark_folder.iterdir():
        shutil.rmtree(marks)
    monkeypatch.setattr(alarms, "MARK_FOLDER", mark_folder)
    monkeypatch.setattr(alarms, "COUNTED_EVERY", 3600.0)  # nothing is counted while another test looks at the log
    for handler in logging.getLogger().handlers:
        for outages in handler.filters:
            if isinstance(outages, alarms.OncePerOutage):
                outages._last.clear()


@pytest.fixture(scope="session")
def browser():
    """Start one headless Chromium for all tests of a process. Missing, it fails CI and is skipped on a laptop."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("Chromium is not installed: nothing was tested in a browser")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, where Django would refuse the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


class Traffic:
    """The requests that are being answered, by the live server's threads too."""

    def __init__(self):
        self._lock = threading.Lock()
        self._open = 0
        self._last = 0.0
        request_started.connect(lambda **_more: self._count(+1), weak=False, dispatch_uid="tests.traffic.started")
        request_finished.connect(lambda **_more: self._count(-1), weak=False, dispatch_uid="tests.traffic.finished")

    def _count(self, step):
        with self._lock:
            self._open += step
            self._last = time.monotonic()

    def wait_for_quiet(self, seconds=0.2, at_most=10):
        deadline = time.monotonic() + at_most
        while time.monotonic() < deadline and (self._open > 0 or time.monotonic() - self._last < seconds):
            time.sleep(0.02)


@pytest.fixture(scope="session")
def traffic():
    return Traffic()


@pytest.fixture
def page(browser, live_server, traffic):
    """Open a tab on the live site: `page.goto("/")`. A script error or blocked content fails the test.

    A tab says good-bye to the server when it closes: only then may the test's rows be taken away.
    """
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1300, "height": 900})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    faults = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text) if is_blocked(message) else None)
    yield tab
    context.close()
    traffic.wait_for_quiet()
    assert faults == []


def is_blocked(message):
    """Return whether the console says that the policy blocked something."""
    return message.type == "error" and "Content Security Policy" in message.text
