"""How long a publication takes to be seen by readers, in every process of a server that is busy."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench.databases import ROOT, Database
from tests.bench.load import put
from tests.bench.pages import Pages
from tests.bench.servers import Server, ask

TIMES = 6  # half of them take the story away, half bring it back
READERS = 16  # kept connections: each stays with one process, so that of a few none is left out
LIMIT = 20  # seconds


@dataclass(frozen=True)
class Sight:
    """Seconds from the end of the transaction until the last process shows it, one for each time."""

    seconds: list[float]


def measure(database: Database, server: Server, pages: Pages) -> Sight:
    """Withdraw and publish the newest story, each by `manage.py story` in a process of its own, under load."""
    load_seconds = TIMES * 5
    with ThreadPoolExecutor(1) as other:
        load = other.submit(put, server.address, pages.paths["article"], load_seconds, "gzip")
        time.sleep(1)
        seconds = [change(database, server, pages, verb) for verb in ("withdraw", "publish") * (TIMES // 2)]
        load.result()
    return Sight(seconds)


def change(database: Database, server: Server, pages: Pages, verb: str) -> float:
    """Raises RuntimeError when the verb fails, or a reader still sees the former page after LIMIT seconds."""
    expected = 410 if verb == "withdraw" else 200
    waiting = [server.connect() for _reader in range(READERS)]
    if any(ask(line, pages.newest_path)[0] == expected for line in waiting):
        raise RuntimeError(f"{pages.newest_path} shows already what `{verb}` is to do")
    command = [sys.executable, "-u", "manage.py", "story", verb, str(pages.newest), "--anyway"]
    with subprocess.Popen(command, cwd=ROOT, env=database.environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        if not process.stdout.readline():  # said after the transaction
            raise RuntimeError(f"manage.py story {verb} failed")
        done_at = time.monotonic()
        while waiting := [line for line in waiting if ask(line, pages.newest_path)[0] != expected]:
            if time.monotonic() > done_at + LIMIT:
                raise RuntimeError(f"`{verb}` is not seen after {LIMIT} seconds")
        return time.monotonic() - done_at
