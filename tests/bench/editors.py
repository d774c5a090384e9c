"""How long editors wait while all of them work: `python -m tests.bench.editors --editors 20 --database sqlite`.

Each editor writes a story, autosaves, publishes it and publishes a change, over and over, with pauses as people make
them; readers open pages meanwhile. Prints how long each kind of request took, what failed, and on PostgreSQL what
statements waited for a lock.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests.bench import databases, servers
from tests.bench.archive import Archive
from tests.bench.figures import percentile, short

READERS = 5
SEED = 2  # another than that of the archive
ADD = "/admin/articles/article/add/"
SAMPLED_EVERY = 0.1  # seconds
FORM_TYPE = "application/x-www-form-urlencoded"
WAITING = """SELECT query FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"""


@dataclass
class Tally:
    """What happened to requests, by kind."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, seconds: float, status: int) -> None:
        self.seconds[kind].append(seconds)
        if status >= 400:
            self.failures[f"{kind}: {status}"] += 1


@dataclass(frozen=True)
class Person:
    """A client that sends requests; an editor has a session."""

    server: servers.Server
    tally: Tally
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, kind: str, path: str, body: str | None = None, content_type: str = FORM_TYPE) -> tuple[int, str, str]:
        """Return status, Location and text; 599 when no answer came."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": content_type, "X-CSRFToken": self.cookies["csrftoken"]} if body else {}
        start = time.monotonic()
        status, location, text = 599, "", ""
        with suppress(OSError, http.client.HTTPException):
            connection = self.server.connect()
            connection.request("POST" if body else "GET", path, body, headers)
            response = connection.getresponse()
            text, status, location = response.read().decode(), response.status, response.headers.get("Location", "")
            connection.close()
        self.tally.add(kind, time.monotonic() - start, status)
        return status, location, text


@dataclass
class Editor:
    """Writes one story after the other."""

    person: Person
    archive: Archive
    number: int  # of their first story
    chosen: dict[str, Any]  # names of sections and tags → what the form calls them
    pause: Callable[[], None]
    version: int = 1

    def work(self, until: threading.Event) -> None:
        while not until.is_set():
            self.write(self.archive.story(self.number))
            self.number += 1

    def write(self, story: dict[str, Any]) -> None:
        form = self._form(story)
        self.pause()
        status, address, _text = self.person.ask("save", ADD, urlencode(form | {"_save": "1"}, doseq=True))
        if status != 302:
            return
        for verb in ("publish", "publish_changes"):
            form["key"] = f"{random.getrandbits(64):016x}"
            _status, _location, page = self.person.ask("open", address)
            form["version"] = page.partition('name="version" value="')[2].partition('"')[0]
            for _sign in range(2):
                self.pause()
                form["standfirst"] += " More."
                self.person.ask("presence", f"{address.removesuffix('change/')}presence/", "unsaved=1")
                pairs = [[name, one] for name, value in form.items() for one in as_list(value)]
                autosave = f"{address.removesuffix('change/')}autosave/"
                self.person.ask("autosave", autosave, json.dumps(pairs), "application/json")
            self.pause()
            self.person.ask(verb, address, urlencode(form | {f"_{verb}": "1"}, doseq=True))

    def _form(self, story: dict[str, Any]) -> dict[str, Any]:
        paragraphs = "".join(f"<p>{block['text']}</p>" for block in story["body"])
        return {
            "version": "1",
            "key": f"{random.getrandbits(64):016x}",
            "headline": story["title"],
            "standfirst": story["summary"],
            "body": paragraphs,
            "language": story["language"],
            "label": "news",
            "section": self.chosen[story["section"]],
            "authors": self.chosen["author"],
            "tags": [self.chosen[slug] for slug in story["tags"] if slug in self.chosen],
            "anyway": "1",
        }


def as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def main() -> None:
    options = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-editors-")))
        folder.chmod(0o755)
        engine, maker = stack.enter_context(databases.engine(options.database, folder))
        database = maker("editors", databases.ROOT)
        databases.fill(database, options.stories)
        sessions, chosen = prepare(database, options.editors)
        server = stack.enter_context(servers.newsroom(database, 100))
        tally = Tally()
        archive = Archive(10**6, SEED)
        editors = [
            Editor(Person(server, tally, cookies), archive, 1000 * number, chosen, pauses(options.pause))
            for number, cookies in enumerate(sessions)
        ]
        say(f"{options.editors} editors, {READERS} readers, {options.stories} stories, {engine}, {options.seconds} s …")
        waiting = work([editor.work for editor in editors], server, tally, database, options.seconds)
        print(report(tally, waiting))
        print((folder / f"server-{server.port}.log").read_text()[-options.log :] if options.log else "", end="")


def arguments() -> argparse.Namespace:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m tests.bench.editors", description=about)
    parser.add_argument("--editors", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1, help="seconds between two requests of an editor, on average")
    parser.add_argument("--stories", type=int, default=1000, help="how many the archive has")
    parser.add_argument("--database", choices=("", "postgresql", "sqlite"), default="")
    parser.add_argument("--log", type=int, default=0, metavar="CHARACTERS", help="show the end of the server's log")
    return parser.parse_args()


def prepare(database: databases.Database, editors: int) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Return the cookies of this number of editors, and the form's values for sections and tags."""
    os.environ.update(database.environment())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection
    from django.utils.crypto import get_random_string

    from articles.models import Author, Section, Tag
    from articles.roles import EDITOR
    from newsroom.models import User

    cookies = []
    for number in range(editors):
        user = User.objects.create_user(f"editor{number}", is_staff=True)
        user.groups.add(Group.objects.get(name=EDITOR))
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookies.append({"sessionid": str(session.session_key), "csrftoken": get_random_string(32)})
    chosen: dict[str, Any] = {section.slug: section.pk for section in Section.objects.all()}
    chosen |= {tag.slug: f"id:{tag.pk}" for tag in Tag.objects.all()}
    chosen["author"] = [f"id:{Author.objects.earliest('pk').pk}"]
    connection.close()
    return cookies, chosen


def pauses(average: float) -> Callable[[], None]:
    return lambda: time.sleep(random.uniform(0, 2 * average))  # noqa: S311  nothing secret


def work(
    jobs: Iterable[Callable[[threading.Event], None]],
    server: servers.Server,
    tally: Tally,
    database: databases.Database,
    seconds: float,
) -> Counter[str]:
    """Let all of them work at once. Returns which statements waited for a lock, and how often one was seen doing so."""
    stop = threading.Event()
    waiting: Counter[str] = Counter()
    threads = [threading.Thread(target=job, args=[stop]) for job in jobs]
    threads += [threading.Thread(target=read_pages, args=[Person(server, tally), stop]) for _reader in range(READERS)]
    if database.pid:
        threads.append(threading.Thread(target=sample, args=[database.url, waiting, stop]))
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    return waiting


def read_pages(reader: Person, until: threading.Event) -> None:
    while not until.is_set():
        for path in ("/", "/fr/", "/search/?q=port"):
            time.sleep(random.uniform(0, 1))  # noqa: S311  nothing secret
            reader.ask("read", path)


def sample(url: str, waiting: Counter[str], until: threading.Event) -> None:
    """Count the statements that wait for a lock."""
    with psycopg.connect(url, autocommit=True) as connection:
        while not until.wait(SAMPLED_EVERY):
            waiting.update(query[:90] for (query,) in connection.execute(WAITING))


def report(tally: Tally, waiting: Counter[str]) -> str:
    lines = [f"{'':16} {'number':>7} {'p50 ms':>8} {'p99 ms':>8} {'most ms':>8}"]
    for kind, seconds in sorted(tally.seconds.items()):
        figures = (percentile(seconds, 0.5), percentile(seconds, 0.99), max(seconds))
        lines.append(f"{kind:16} {len(seconds):7} " + " ".join(f"{short(1000 * value):>8}" for value in figures))
    lines += [f"failed: {kind}, {count} times" for kind, count in sorted(tally.failures.items())]
    lines += [f"waited for a lock: {count:5} × {query}" for query, count in waiting.most_common(5)]
    return "\n".join(lines)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
