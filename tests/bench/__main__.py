"""`make bench`: fills a database with a made-up archive, serves it as in production, and measures what pages cost."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench import databases, pages, servers, visible
from tests.bench.load import CONNECTIONS, meter
from tests.bench.processes import memory
from tests.bench.report import report
from tests.bench.rounds import Results, Target, measure

BASE = 1000  # stories; larger archives are measured beside this one, for what growth costs
CACHE = 100  # megabytes, as in production
RESULT = Path(__file__).resolve().parents[2] / "build" / "bench.json"


@dataclass
class Archive:
    """A filled database and its servers."""

    stories: int
    loaded: float  # stories a second
    database: databases.Database
    pages: pages.Pages
    cold: Target
    cached: Target
    started: float  # megabytes of the cached server before anybody asked for a page
    bytes: dict[str, dict[str, int]] = field(default_factory=dict)  # kind of page → encoding → median


def main() -> None:
    options = arguments()
    if not sys.platform.startswith("linux"):
        raise SystemExit("What processes cost is read from /proc, which Linux alone has.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
        folder.chmod(0o755)
        engine, maker = stack.enter_context(databases.engine(options.database, folder))
        say(f"Measuring on {engine}, with {meter()}; {options.rounds} rounds of {options.seconds:g} s.")
        sizes = sorted({BASE, options.stories}) if options.stories > BASE else [options.stories]
        archives = [open_archive(stack, maker, size) for size in sizes]
        floors = open_floors(stack, archives[0], folder)
        say("Measuring, page by page …")
        targets = [target for archive in archives for target in (archive.cold, archive.cached)] + floors
        results = measure(targets, options.rounds, options.seconds)
        for archive in archives:
            archive.bytes = weigh(archive)
        say("Publishing under load …")
        seen = visible.measure(archives[-1].database, archives[-1].cached.server, archives[-1].pages)
        found = {
            "machine": machine(engine),
            "connections": CONNECTIONS,
            "archives": [summary(archive, results) for archive in archives],
            "floors": {floor.name: asdict(results[floor.name, "article"]) for floor in floors},
            "publish_to_visible_seconds": seen.seconds,
        }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1))
    print(report(found))
    say(f"Everything is in {RESULT.relative_to(RESULT.parents[1])}.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stories", type=int, default=BASE, help="how many the archive has")
    parser.add_argument(
        "--database", choices=("", "postgresql", "sqlite"), default="", help="PostgreSQL if there is one"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="of load for each page in each round")
    options = parser.parse_args()
    if min(options.stories, options.rounds, options.seconds) < 1:
        parser.error("stories, rounds and seconds are 1 or more")
    return options


def open_archive(stack: ExitStack, maker: databases.Maker, stories: int) -> Archive:
    say(f"Writing {stories} stories …")
    database = maker(f"bench_{stories}")
    loaded = databases.fill(database, stories)
    database.run("collectstatic", "--no-input", "--verbosity", "0")
    found = pages.of(database)
    both = []
    for name, megabytes, encoding in (("cold", 0, ""), ("cached", CACHE, "gzip")):
        server = stack.enter_context(servers.newsroom(database, megabytes))
        roots = (server.pid, database.pid) if database.pid else (server.pid,)
        both.append(Target(f"{stories} {name}", server, roots, found.paths, encoding, megabytes > 0))
    return Archive(stories, loaded, database, found, both[0], both[1], both[1].memory())


def open_floors(stack: ExitStack, archive: Archive, folder: Path) -> list[Target]:
    """What the newsroom is compared with: the same server and bytes without a newsroom, and no Python at all."""
    _status, html = archive.cold.server.get(archive.pages.paths["article"][0])
    files = folder / "files"
    files.mkdir()
    page = files / "page.html"
    page.write_bytes(html)
    page.with_name("page.html.gz").write_bytes(gzip.compress(html, 9))
    targets = []
    for name, application, encoding in (("bare Django", "django", ""), ("ready bytes", "ready", "gzip")):
        server = stack.enter_context(servers.bare(application, page, folder))
        targets.append(Target(name, server, (server.pid,), {"article": ["/"]}, encoding))
    if servers.find_nginx():
        server = stack.enter_context(servers.nginx(files))
        targets.append(Target("nginx", server, (server.pid,), {"article": ["/"]}, "gzip"))
    return targets


def weigh(archive: Archive) -> dict[str, dict[str, int]]:
    """Bytes of the bodies, by kind of page and encoding."""
    return {
        kind: {
            encoding: sorted(len(archive.cached.server.get(path, encoding)[1]) for path in paths)[len(paths) // 2]
            for encoding in ("identity", "gzip", "br")
        }
        for kind, paths in archive.pages.paths.items()
    }


def summary(archive: Archive, results: Results) -> dict[str, Any]:
    return {
        "stories": archive.stories,
        "loaded_a_second": archive.loaded,
        "queries": archive.pages.queries,
        "bytes": archive.bytes,
        "cold": {kind: asdict(results[archive.cold.name, kind]) for kind in archive.pages.paths},
        "cached": {kind: asdict(results[archive.cached.name, kind]) for kind in archive.pages.paths},
        "memory": {
            "cached, started": archive.started,
            "cached": archive.cached.memory(),
            "cold": archive.cold.memory(),
            "database, all archives": memory([archive.database.pid]) if archive.database.pid else 0,
        },
    }


def machine(engine: str) -> dict[str, str]:
    return {
        "system": platform.platform(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "database": engine,
        "meter": meter(),
        "nginx": "measured" if servers.find_nginx() else "left out: not installed",
    }


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
