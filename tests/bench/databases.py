"""Databases that hold an archive of a chosen size: on a private PostgreSQL, or in an SQLite file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from tests import postgres

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Database:
    url: str
    folder: Path  # for styles and pictures
    code: Path  # the checkout whose newsroom uses it
    pid: int | None = None  # of the server's first process

    def run(self, *arguments: str, **options: object) -> None:
        """Run manage.py with these arguments. Raises CalledProcessError when it fails."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=self.code, env=self.environment(), check=True, **options
        )

    def environment(self) -> dict[str, str]:
        """Return the environment of production, whatever else is set here."""
        return os.environ | {
            "DEBUG": "0",
            "SECRET_KEY": "measuring.Kc7fPz0wYh3qXe9RmL2vNb8sUj5aTd1gQo6iGyC4-Z",
            "SITE_URL": "http://127.0.0.1",
            "LANGUAGES": "en,fr",
            "DATABASE_URL": self.url,
            "STATEMENT_TIMEOUT": "0",
            "STATIC_ROOT": str(self.folder / "static"),
            "MEDIA_ROOT": str(self.folder / "media"),
        }


Maker = Callable[[str, Path], Database]


@contextmanager
def engine(wanted: str, folder: Path) -> Iterator[tuple[str, Maker]]:
    """Yield the engine's name, and what makes a new database: PostgreSQL where it is installed and SQLite is not asked
    for.
    """
    binaries = None if wanted == "sqlite" else postgres.find_binaries()
    if binaries is None:
        if wanted == "postgresql":
            raise SystemExit("PostgreSQL is not installed: leave out DATABASE, or say DATABASE=sqlite.")
        yield "SQLite", lambda name, code: Database(f"sqlite:///{folder / name}.sqlite3", folder / name, code)
        return
    with postgres.server(binaries) as url:
        place = unquote(urlsplit(url).netloc.rpartition("@")[2])  # its folder; `hostname` would lose capitals
        pid = int(Path(place, "data", "postmaster.pid").read_text().split()[0])

        def made(name: str, code: Path) -> Database:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return Database(f"{url.rpartition('/')[0]}/{name}", folder / name, code, pid)

        yield "PostgreSQL", made


def fill(database: Database, stories: int) -> float:
    """Migrate it, load an archive as an operator would, and relate its stories. Returns stories loaded a second."""
    database.folder.mkdir()
    database.run("migrate", "--verbosity", "0")
    database.run("collectstatic", "--no-input", "--verbosity", "0")
    start = time.monotonic()
    archive = [sys.executable, "-m", "tests.bench.archive", str(stories)]
    with subprocess.Popen(archive, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        database.run("import_stories", "--bulk", "-", stdin=writer.stdout)
    rate = stories / (time.monotonic() - start)
    database.run("related_stories", "--missing")  # as the server would have done after some hours
    if database.pid:
        with psycopg.connect(database.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as PostgreSQL does by itself after a while
    return rate
