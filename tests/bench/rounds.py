"""The measuring itself: every page of every server in turn, round after round, so that a busy moment meets them all."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from tests.bench.load import CONNECTIONS, Load, put
from tests.bench.processes import busy_seconds, memory, processor_seconds
from tests.bench.servers import Server, ask

SETTLES = 0.2  # seconds after a load, for what is still being answered


@dataclass(frozen=True)
class Target:
    """A server, and what it is asked for."""

    name: str
    server: Server
    roots: tuple[int, ...]  # processes that work for it with all their descendants, the database's first one included
    pages: dict[str, list[str]]
    encoding: str = ""
    is_cached: bool = False

    def memory(self) -> float:
        """Megabytes of the server without its database."""
        return memory([self.server.pid])


@dataclass
class Series:
    """Of one kind of page of one server, a value for each round."""

    cpu: list[float] = field(default_factory=list)  # milliseconds of processor time for a request
    rate: list[float] = field(default_factory=list)  # requests a second
    p50: list[float] = field(default_factory=list)  # milliseconds
    p99: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)  # cores that something else kept busy meanwhile
    requests: int = 0
    failures: int = 0

    def add(self, load: Load, cpu_seconds: float, others: float) -> None:
        self.cpu.append(cpu_seconds * 1000 / max(1, load.requests))
        self.rate.append(load.requests / load.seconds)
        self.p50.append(load.p50)
        self.p99.append(load.p99)
        self.others.append(others)
        self.requests += load.requests
        self.failures += load.failures


Results = dict[tuple[str, str], Series]  # by target's name and kind of page


def measure(targets: Sequence[Target], rounds: int, seconds: float) -> Results:
    kinds = dict.fromkeys(kind for target in targets for kind in target.pages)
    plan = [(target, kind) for kind in kinds for target in targets if kind in target.pages]
    results: Results = {(target.name, kind): Series() for target, kind in plan}
    for target, kind in plan:
        warm(target, kind)
    for number in range(rounds):
        for target, kind in plan if number % 2 == 0 else reversed(plan):
            once(target, kind, seconds, results[target.name, kind])
    return results


def warm(target: Target, kind: str) -> None:
    """Open each page by several connections, each of which some process keeps, so that each has done all of them."""
    for _connection in range(CONNECTIONS if target.is_cached else 1):
        with closing(target.server.connect()) as line:
            for path in target.pages[kind]:
                ask(line, path, target.encoding)


def once(target: Target, kind: str, seconds: float, series: Series) -> None:
    cpu, busy, own, start = processor_seconds(target.roots), busy_seconds(), own_seconds(), time.monotonic()
    load = put(target.server.address, target.pages[kind], seconds, target.encoding)
    time.sleep(SETTLES)
    cpu = processor_seconds(target.roots) - cpu
    others = busy_seconds() - busy - cpu - (own_seconds() - own)
    series.add(load, cpu, max(0.0, others / (time.monotonic() - start)))


def own_seconds() -> float:
    """Processor time of this program and of meters that have ended."""
    used: Iterable[resource.struct_rusage] = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
