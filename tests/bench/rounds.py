"""The measuring itself, round after round and server after server, so that a busy moment meets all of them."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench import changes, load, pages, servers
from tests.bench.databases import Database
from tests.bench.load import Load
from tests.bench.processes import busy_seconds, memory, processor_seconds
from tests.bench.servers import Server, get_page

CACHE = 100  # megabytes, as in production
LOOPED = 20  # addresses of a kind that are asked for over and over; of stories five times as many
RESTARTS = 6  # in a round of first times: kinds with fewer than MANY addresses are asked for after each
MANY = 10
RATE = 50  # requests a second of readers who ask for everything
WARM_SECONDS = 10  # of such requests after a restart, before they are measured
WARMERS = 8  # connections
SETTLES = 0.2  # seconds after a load, for what is still being answered

Record = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Archive:
    """A filled database, and what is asked of its server."""

    name: str
    stories: int
    database: Database
    pages: pages.Pages

    def processes(self, server: Server) -> list[int]:
        """Return the processes that work for it with all descendants, the first of the database included."""
        return [server.pid, self.database.pid] if self.database.pid else [server.pid]

    def looped(self, kind: str) -> list[str]:
        return self.pages.paths[kind][: LOOPED * (5 if kind == "article" else 1)]


class Cost:
    """Processor time that processes spend in a context, and that anything else on this machine spends meanwhile."""

    def __init__(self, processes: Sequence[int]) -> None:
        self.processes = processes
        self.cpu = self.others = self.seconds = 0.0

    def __enter__(self) -> Cost:
        self.cpu, self.others = -processor_seconds(self.processes), -busy_seconds() + own_seconds()
        self.seconds = -time.monotonic()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.seconds += time.monotonic()
        self.cpu += processor_seconds(self.processes)
        self.others += busy_seconds() - own_seconds() - self.cpu

    def row(self, answered: Load) -> dict[str, Any]:
        """Return the figures of this load, as they are stored."""
        figures = asdict(answered)
        return {
            "cpu": self.cpu * 1000 / max(1, answered.requests),  # milliseconds a request
            "rate": answered.requests / answered.seconds,
            "others": max(0.0, self.others / self.seconds),  # cores
            **{name: figures[name] for name in ("requests", "failures", "p50", "p99")},
        }


def measure_first(archive: Archive, record: Record) -> None:
    """Ask the server for many pages once each, after a restart.

    The last address of a kind is asked for before, so that imports and templates are not what is measured.
    """
    paths = {kind: some[:-1] for kind, some in archive.pages.paths.items()}
    last = [some[-1] for some in archive.pages.paths.values()]
    rows = {kind: list[dict[str, Any]]() for kind in paths}
    for restart in range(RESTARTS):
        with servers.newsroom(archive.database, CACHE) as server:
            warm(server, last)
            for kind, some in paths.items():
                if some and (restart == 0 or len(some) < MANY):
                    with Cost(archive.processes(server)) as cost:
                        answered = load.ask_once(server.address, some, "gzip")
                    rows[kind].append(cost.row(answered))
    for kind, several in rows.items():
        if several:
            record({"archive": archive.name, "how": "first time", "page": kind, **measure_together(several)})


def measure_together(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one row for several: sums of counts, the largest p99, averages by requests of all else."""
    requests = sum(row["requests"] for row in rows)
    averages = {
        name: sum(row[name] * row["requests"] for row in rows) / max(1, requests)
        for name in ("cpu", "rate", "others", "p50")
    }
    failures = sum(row["failures"] for row in rows)
    return averages | {"requests": requests, "failures": failures, "p99": max(row["p99"] for row in rows)}


def measure_looped(
    server: Server, processes: Sequence[int], paths: list[str], seconds: float, encoding: str = ""
) -> dict[str, Any]:
    """Ask for the same pages over and over."""
    with Cost(processes) as cost:
        answered = load.ask_repeatedly(server.address, paths, seconds, encoding)
        time.sleep(SETTLES)
    return cost.row(answered)


def measure_mixed(archive: Archive, seconds: float, seed: int, record: Record) -> None:
    """Measure readers who ask for everything at a steady rate, while a story changes every two seconds."""
    with (
        rendered(archive.database.folder) as (environment, count),
        servers.newsroom(archive.database, CACHE, environment) as server,
    ):
        paths = list(pages.drawn(archive.pages, round(RATE * (WARM_SECONDS + seconds)), seed))
        first = RATE * WARM_SECONDS
        load.ask_at_rate(server.address, paths[:first], RATE, "gzip")
        with changes.made(archive.database, server) as sights, Cost(archive.processes(server)) as cost:
            before = count()
            answered = load.ask_at_rate(server.address, paths[first:], RATE, "gzip")
            missed = count() - before
        row = cost.row(answered)
        asked = answered.requests + sights.requests
        record(
            {"archive": archive.name, "how": "mixed", "page": "all"}
            | row
            | {"cpu": cost.cpu * 1000 / max(1, asked), "hits": 1 - missed / max(1, asked)}
            | {"visible": sights.seconds, "memory": memory([server.pid])}
        )
        for failure in sights.failures:
            record({"archive": archive.name, "how": "mixed", "error": failure})


@contextmanager
def rendered(folder: Path) -> Iterator[tuple[dict[str, str], Callable[[], int]]]:
    """Yield the environment of a server that counts what Django renders, and the count."""
    file = folder / "rendered"
    file.write_bytes(b"")
    yield (
        {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "BENCH_RENDERED": str(file)},
        lambda: file.stat().st_size,
    )


def warm(server: Server, paths: Iterable[str], encoding: str = "") -> None:
    """Open each page by several connections, each of which some process keeps, so that each has done all of them."""
    for _connection in range(WARMERS):
        with closing(server.connect()) as connection:
            for path in paths:
                get_page(connection, path, encoding)


def own_seconds() -> float:
    """Return the processor time of this program and of meters that have ended."""
    used: Iterable[resource.struct_rusage] = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
