"""Kill -9 of the real server while editors save and publish: what was answered is kept whole, nothing is half done."""

import contextlib
import http.client
import os
import random
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Count

from articles.models import Article, Byline, Revision, SearchEntry, Section, Tag, TaggedArticle, same
from tests.articles import cast

ROOT = Path(__file__).resolve().parent.parent
GRANIAN = Path(sys.executable).with_name("granian")
ROUNDS = 4  # kills
ROUND = (0.3, 0.9)  # seconds of work before a kill is due
FLIGHT = 0.04  # seconds at most from the beginning of a save to the kill
WRITERS = 2
START_TIMEOUT = 30  # seconds
PARAGRAPHS = 40
EVENTS = {  # of the newest version, and the status that goes with it
    "draft": {"saved"},
    "published": {"published", "saved", "changes-published"},
    "withdrawn": {"withdrawn", "saved"},
}


# The newsroom: a database of its own, and the server that operators start


@contextlib.contextmanager
def own_database(folder):
    """The address of a new database of the engine that the tests run on, which this process reads meanwhile."""
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
    try:
        yield url
    finally:
        connection.close()
        connection.settings_dict["NAME"] = old
        if connection.vendor != "sqlite":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def address(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database(tmp_path) as url:
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment(url, tmp_path), check=True)
        yield url


def environment(url, folder):
    """That of production, but for what only makes tests slow: passwords, and styles that were collected."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
    }


class Server:
    """Granian as README.md starts it, in a process group of its own, so that one signal ends all of it."""

    def __init__(self, url, folder):
        self.environment, self.folder = environment(url, folder), folder
        self.process = None

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [GRANIAN, "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), "newsroom.wsgi:application"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Browser(self).get("/health/").status == 200:
                    return
            time.sleep(0.05)
        pytest.fail((self.folder / "server.log").read_text())

    def kill(self):
        """All its processes, which no other is among: the group was made for them."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(address, tmp_path):
    server = Server(address, tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@dataclass
class Answer:
    status: int
    location: str
    text: str


class Browser:
    """One person's: it keeps cookies, and sends a token with each form."""

    def __init__(self, server):
        self.server, self.cookies = server, {}

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, form):
        return self._ask("POST", path, urlencode(form | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}, doseq=True))

    def _ask(self, method, path, body=None):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)) as line:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            line.request(method, path, body, headers)
            response = line.getresponse()
            for set_cookie in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
            return Answer(response.status, response.headers.get("Location", ""), response.read().decode())


# The editors


@dataclass
class Save:
    """What an editor pressed."""

    verb: str
    text: str  # in its headline and in each paragraph of its body, and nowhere else
    story: int | None = None
    answered: bool = False


@dataclass
class Writer:
    """Writes a story, publishes it, changes it over and over, withdraws it and begins anew, whatever happens."""

    browser: Browser
    name: str
    chosen: dict  # the form's section, authors and tags
    saves: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    story: int | None = None

    def sign_in(self):
        assert self.browser.get("/admin/login/").status == 200
        answer = self.browser.post(
            "/admin/login/?next=/admin/", {"username": "awa", "password": "mot-de-passe", "next": "/admin/"}
        )
        assert (answer.status, answer.location) == (302, "/admin/")

    def work(self, until):
        """Until the event, or until the server is gone."""
        try:
            while not until.is_set():
                self.save()
        except (OSError, http.client.HTTPException):
            return
        except Exception as fault:  # noqa: BLE001  said by the test, not by its thread
            self.faults.append(fault)

    def save(self):
        where, form = "/admin/articles/article/add/", {"version": "1"}
        verbs = ["save"]
        if self.story:
            where = f"/admin/articles/article/{self.story}/change/"
            page = self.browser.get(where).text
            form = {"version": re.search(r'name="version" value="(\d+)"', page)[1]}
            offered = re.findall(r'<button type="submit" name="_(\w+)"', page)
            verbs = [verb for verb in offered if verb in ("save", "publish", "publish_changes", "withdraw")]
        save = Save(random.choice(verbs), f"{self.name}{len(self.saves)}", self.story)  # noqa: S311
        self.saves.append(save)
        form |= {"headline": f"Le port {save.text}", "body": body(save.text), "language": "en", "label": "news"}
        form |= {"standfirst": "", "anyway": "1", f"_{save.verb}": "1", **self.chosen}
        self.begun.set()
        answer = self.browser.post(where, form)
        assert answer.status == 302, answer.text
        save.story = self.story = int(re.search(r"/article/(\d+)/change/", answer.location)[1])
        save.answered = True
        if save.verb == "withdraw":
            self.story = None


def body(text):
    return "\n".join(f"<p>{text} {number}.</p>" for number in range(PARAGRAPHS))


def test_nothing_is_lost_or_half_done_when_the_server_is_killed(server, tmp_path):
    seed = random.randrange(10**6)  # noqa: S311
    print(f"random.seed({seed})")
    random.seed(seed)
    cast.editor()
    chosen = {"section": cast.section().pk, "authors": [f"id:{cast.author().pk}"]}
    chosen["tags"] = [f"id:{Tag.objects.named(name).pk}" for name in ("Togo", "Ports")]
    writers = [Writer(Browser(server), f"mot{letter}", chosen) for letter in "ab"[:WRITERS]]
    for writer in writers:
        writer.sign_in()
    for _round in range(ROUNDS):
        work_until_killed(server, writers)
        server.start()
        for writer in writers:
            writer.story = standing(writer)
    assert [fault for writer in writers for fault in writer.faults] == []
    saves = [save for writer in writers for save in writer.saves]
    print(f"{sum(save.answered for save in saves)} of {len(saves)} saves were answered")
    assert sum(save.answered for save in saves) >= ROUNDS
    check_answered(saves)
    for story in Article.objects.all():
        check_story(story)
        check_readers(story, Browser(server))
    check_counts()
    check_engine(tmp_path)


def work_until_killed(server, writers):
    stop = threading.Event()
    threads = [threading.Thread(target=writer.work, args=[stop]) for writer in writers]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(*ROUND))  # noqa: S311
    one = random.choice(writers)  # noqa: S311
    one.begun.clear()
    one.begun.wait(5)
    time.sleep(random.uniform(0, FLIGHT))  # noqa: S311
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()


def standing(writer):
    """The story that the writer goes on with: none when the last save, answered or not, withdrew it."""
    return writer.story if Article.objects.filter(pk=writer.story).exclude(status="withdrawn").exists() else None


def check_answered(saves):
    for save in saves:
        kept = list(Revision.objects.filter(content__headline=f"Le port {save.text}"))
        assert len(kept) <= 1, save
        if save.answered:
            assert kept, save
            assert kept[0].article_id == save.story
        for revision in kept:
            assert revision.content["body"] == body(save.text), save
            assert [name for _pk, name, _role in revision.content["authors"]] == ["Moutiou Adjibi Nourou"]
            assert [name for _pk, name in revision.content["tags"]] == ["Togo", "Ports"]


def check_story(story):
    """Row, newest version, links, search entry and log agree."""
    revisions = list(story.revisions.order_by("pk"))
    newest = revisions[-1]
    assert [revision.version for revision in revisions] == list(range(1, story.version + 1))
    assert same(newest.content, story.newest_content)
    assert newest.event in EVENTS[story.status]
    assert LogEntry.objects.filter(object_id=str(story.pk)).count() == len(revisions)
    assert story.body == body(story.headline.removeprefix("Le port "))
    assert (story.waiting_id is not None) == (story.status == "published" and newest.event == "saved")
    listing = {tuple(story.listing().values())}
    assert set(Byline.objects.filter(article=story).values_list(*story.listing())) == listing
    assert set(TaggedArticle.objects.filter(content_object=story).values_list(*story.listing())) == listing
    assert [str(byline) for byline in story.authors_in_order] == ["Moutiou Adjibi Nourou"]
    assert [tag.name for tag in story.tags_in_order] == ["Togo", "Ports"]
    entry = SearchEntry.of(story)
    assert (story.search_entry.moment, story.search_entry.words) == (entry.moment, entry.words)


def check_readers(story, browser):
    """They see it, are told that it is gone, or never heard of it."""
    if story.status == "draft":
        assert (story.get_absolute_url(), story.first_published_at) == ("", None)
        return
    answer = browser.get(story.get_absolute_url())
    assert answer.status == {"published": 200, "withdrawn": 410}[story.status]
    assert (story.headline in answer.text) is (story.status == "published")


def check_counts():
    published = Article.objects.filter(status="published").count()
    assert set(Section.objects.values_list("story_count", flat=True)) == {published}
    assert set(Tag.objects.values_list("story_count", flat=True)) == {published}
    assert not SearchEntry.objects.values("article").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert SearchEntry.objects.count() == Article.objects.count()


def check_engine(folder):
    if connection.vendor == "sqlite":
        with contextlib.closing(sqlite3.connect(folder / "newsroom.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            database.execute("INSERT INTO articles_search(articles_search, rank) VALUES ('integrity-check', 1)")
