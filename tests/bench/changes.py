"""Publications and corrections while readers read, and how long each takes until every process shows it."""

from __future__ import annotations

import html
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle

from tests.bench.databases import Database
from tests.bench.servers import Server, get_page

CHANGE_INTERVAL_SECONDS = 2.0
READERS = 8  # kept connections: each stays with one process, so that of a few processes none is left out
REQUEST_INTERVAL_SECONDS = 0.01
LIMIT = 20  # seconds


@dataclass
class Sights:
    """How long changes took, and how many requests looked for them."""

    seconds: list[float] = field(default_factory=list)  # from the end of the transaction to the last process
    requests: int = 0
    failures: list[str] = field(default_factory=list)


@contextmanager
def made(database: Database, server: Server) -> Iterator[Sights]:
    """Publish a story and correct it in turn, every two seconds, as long as this context lasts."""
    command = [sys.executable, "-m", "tests.bench.desk"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    sights, stop = Sights(), threading.Event()
    with subprocess.Popen(command, cwd=database.code, env=database.environment(), **pipes) as desk:
        thread = threading.Thread(target=change, args=[desk, server, sights, stop])
        thread.start()
        try:
            yield sights
        finally:
            stop.set()
            thread.join()
            desk.stdin.close()


def change(desk: subprocess.Popen[str], server: Server, sights: Sights, stop: threading.Event) -> None:
    for verb in cycle(("publish", "correct")):
        due = time.monotonic() + CHANGE_INTERVAL_SECONDS
        try:
            desk.stdin.write(f"{verb}\n")
            desk.stdin.flush()
            shown = json.loads(desk.stdout.readline())
            sights.seconds.append(watch(server, sights, **shown))
        except (OSError, ValueError, RuntimeError) as error:
            sights.failures.append(f"{verb}: {error!r}")
        if stop.wait(max(0.0, due - time.monotonic())):
            return


def watch(server: Server, sights: Sights, path: str, text: str) -> float:
    """Return after how many seconds every process shows this text there. Raises RuntimeError after LIMIT seconds."""
    start = time.monotonic()
    waiting = [server.connect() for _reader in range(READERS)]
    while waiting:
        if time.monotonic() > start + LIMIT:
            raise RuntimeError(f"{path} does not show the change after {LIMIT} seconds")
        connection = waiting.pop()
        status, body = get_page(connection, path)
        sights.requests += 1
        if status == 200 and text in html.unescape(body.decode()):
            connection.close()
        else:
            waiting.insert(0, connection)
            time.sleep(REQUEST_INTERVAL_SECONDS)
    return time.monotonic() - start
