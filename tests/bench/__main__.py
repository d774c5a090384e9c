"""`make bench`: fills a database with a made-up archive, serves it as in production, and measures what pages cost."""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

from tests.bench import databases, pages, rounds, servers
from tests.bench.load import CONNECTIONS, meter
from tests.bench.processes import memory
from tests.bench.report import report
from tests.bench.rounds import CACHE, Archive, Record
from tests.bench.servers import Server

BASE = 1000  # stories; larger archives are measured beside this one, for what growth costs
PARTS = ("first", "again", "cached", "mixed")
MIXED_SECONDS = 20  # times as long as one page is asked for over and over
RESULT = databases.ROOT / "build" / "bench.jsonl"
FAILURES = (OSError, RuntimeError, http.client.HTTPException, subprocess.SubprocessError)


@dataclass(frozen=True)
class Floor:
    """Something that the newsroom's article is compared with, on its own server."""

    name: str
    server: Server
    encoding: str
    like: str  # the part whose pages it is compared with


def main() -> None:
    options = arguments()
    if not sys.platform.startswith("linux"):
        raise SystemExit("What processes cost is read from /proc, which Linux alone has.")
    RESULT.parent.mkdir(exist_ok=True)
    with ExitStack() as stack, RESULT.open("w") as file:

        def record(row: dict[str, Any]) -> None:
            """Write a result at once: what comes later may fail."""
            file.write(json.dumps(row) + "\n")
            file.flush()
            say(f"  {row}")

        try:
            measure(options, stack, record)
        finally:
            print(report(RESULT))
    say(f"Every figure is in {RESULT.relative_to(databases.ROOT)}.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stories", type=int, default=BASE, help="how many the larger archive has")
    parser.add_argument(
        "--database", choices=("", "postgresql", "sqlite"), default="", help="PostgreSQL if there is one"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=3, help=f"for a kind of page; mixed takes {MIXED_SECONDS} times as long"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="a checkout of another version, to compare with")
    options = parser.parse_args()
    if min(options.stories, options.rounds, options.seconds) < 1:
        parser.error("stories, rounds and seconds are 1 or more")
    return options


def measure(options: argparse.Namespace, stack: ExitStack, record: Record) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
    folder.chmod(0o755)
    engine, maker = stack.enter_context(databases.engine(options.database, folder))
    record({"machine": machine(engine)})
    sizes = sorted({BASE, options.stories}) if options.stories > BASE else [options.stories]
    versions = {"": databases.ROOT} | ({", other": options.against.resolve()} if options.against else {})
    archives = [
        open_archive(maker, f"{size}{name}", size, code, record)
        for size, (name, code) in product(sizes, versions.items())
    ]
    parts = [part for part in PARTS if part in options.only]
    steady = [part for part in parts if part in ("again", "cached")]
    floors = open_floors(stack, archives[0], folder)
    largest = [archive for archive in archives if archive.stories == sizes[-1]]
    for number in range(options.rounds):
        say(f"Round {number + 1} of {options.rounds} …")
        if "first" in parts:
            for archive in archives:
                attempt(rounds.measure_first, archive, record)
        for floor in floors:
            attempt(measure_floor, floor, options.seconds, record)
        for archive, part in product(archives, steady):
            attempt(measure_steady, archive, part, options.seconds, record)
        if "mixed" in parts:
            for archive in largest:
                attempt(rounds.measure_mixed, archive, options.seconds * MIXED_SECONDS, number, record)


def attempt(part: Callable[..., None], *arguments: Any) -> None:
    """Measure a part; its failure is recorded too, by the last argument, and ends nothing else."""
    *_others, record = arguments
    try:
        part(*arguments)
    except FAILURES as error:
        record({"error": repr(error)})


def open_archive(maker: databases.Maker, name: str, stories: int, code: Path, record: Record) -> Archive:
    say(f"Writing {stories} stories …")
    database = maker(f"bench_{name.replace(', ', '_')}", code)
    loaded = databases.fill(database, stories)
    found = pages.find_pages(database)
    record({"archive": name, "stories": stories, "loaded": loaded, "queries": found.queries})
    return Archive(name, stories, database, found)


def open_floors(stack: ExitStack, archive: Archive, folder: Path) -> list[Floor]:
    """Start what the newsroom is compared with: the same server and bytes without a newsroom, and without Python."""
    with servers.newsroom(archive.database, CACHE) as server:
        _status, html = server.get(archive.pages.popular[0])
    files = folder / "files"
    files.mkdir()
    page = files / "page.html"
    page.write_bytes(html)
    page.with_name("page.html.gz").write_bytes(gzip.compress(html, 9))
    floors = []
    for name, application, encoding, like in (
        ("bare Django", "django", "", "again"),
        ("ready bytes", "ready", "gzip", "cached"),
    ):
        server = stack.enter_context(servers.bare(application, page, folder))
        floors.append(Floor(name, server, encoding, like))
    if servers.find_nginx():
        floors.append(Floor("nginx", stack.enter_context(servers.nginx(files)), "gzip", "cached"))
    return floors


def measure_floor(floor: Floor, seconds: float, record: Record) -> None:
    rounds.warm(floor.server, ["/"], floor.encoding)
    row = rounds.measure_looped(floor.server, [floor.server.pid], ["/"], seconds, floor.encoding)
    record({"archive": "", "how": floor.name, "page": "article", **row})


def measure_steady(archive: Archive, part: str, seconds: float, record: Record) -> None:
    """Measure every kind of page repeatedly: rendered by Django each time, or from the page cache as browsers ask."""
    megabytes, encoding = (0, "") if part == "again" else (CACHE, "gzip")
    with servers.newsroom(archive.database, megabytes) as server:
        for kind in archive.pages.paths:
            paths = archive.looped(kind)
            rounds.warm(server, paths, encoding)
            row = rounds.measure_looped(server, archive.processes(server), paths, seconds, encoding)
            record({"archive": archive.name, "how": part, "page": kind, **row})
        record({"archive": archive.name, "how": part, "memory": memory([server.pid])})


def machine(engine: str) -> dict[str, str]:
    return {
        "system": platform.platform(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "database": engine,
        "meter": meter(),
        "connections": str(CONNECTIONS),
        "nginx": "measured" if servers.find_nginx() else "left out: not installed",
    }


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
