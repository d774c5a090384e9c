"""What processes cost, read from Linux's /proc: processor time and memory of a server with all that it started."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # a second
PROC = Path("/proc")
PROCESS_CLOCK = 2  # CPUCLOCK_SCHED of the Linux kernel
LISTENING = "0A"  # TCP_LISTEN of the Linux kernel
PARENT, REAPED, REAPED_END = 1, 13, 15  # fields of proc_pid_stat(5), counted from its third


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    of_ended_children: float  # seconds of processor time

    @classmethod
    def parse(cls, pid: int, stat: str) -> Process:
        """Parse a line of /proc/PID/stat; the name in brackets may itself contain brackets and spaces.

        >>> Process.parse(7, "7 (a) b) S 1 7 7 0 -1 0 0 0 0 0 150 50 100 0 20 0 1 0").parent
        1
        """
        fields = stat.rpartition(")")[2].split()
        return cls(pid, int(fields[PARENT]), sum(map(int, fields[REAPED:REAPED_END])) / TICKS)


def running() -> dict[int, Process]:
    """Return every process of this machine by number."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):  # it has ended meanwhile
                pid = int(folder.name)
                found[pid] = Process.parse(pid, (folder / "stat").read_text())
    return found


def family(roots: Iterable[int]) -> Iterator[Process]:
    """Return these processes and all their descendants, each once."""
    processes = running()
    wanted = [processes[pid] for pid in dict.fromkeys(roots) if pid in processes]
    met = set()
    while wanted:
        process = wanted.pop()
        if process.pid not in met:
            met.add(process.pid)
            yield process
            wanted += [child for child in processes.values() if child.parent == process.pid]


def children(pid: int) -> set[int]:
    return {process.pid for process in running().values() if process.parent == pid}


def listeners(port: int) -> int:
    """Return how many sockets wait for connections at this port, by IPv4: one for each process that shares it."""
    lines = (PROC / "net/tcp").read_text().splitlines()[1:]
    states = [line.split()[3] for line in lines if int(line.split()[1].rpartition(":")[2], 16) == port]
    return states.count(LISTENING)


def processor_seconds(roots: Iterable[int]) -> float:
    """Return the processor time of these processes and all their descendants, including those that have ended."""
    return sum(process.of_ended_children + own_seconds(process.pid) for process in family(roots))


def own_seconds(pid: int) -> float:
    """Return the processor time of one process to the nanosecond; /proc counts hundredths of a second."""
    with suppress(OSError):  # it has ended meanwhile
        return time.clock_gettime(~pid << 3 | PROCESS_CLOCK)  # clock_getcpuclockid(3)
    return 0.0


def memory(roots: Iterable[int]) -> float:
    """Return megabytes (2²⁰ bytes) in all, counting once what processes share (PSS)."""
    total = 0
    for process in family(roots):
        with suppress(OSError):
            text = (PROC / str(process.pid) / "smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)[1])
    return total / 1024


def busy_seconds() -> float:
    """Return the processor time that this machine has spent on anything since it started."""
    fields = (PROC / "stat").read_text().splitlines()[0].split()[1:9]
    user, nice, system, _idle, _waiting, *others = map(int, fields)
    return (user + nice + system + sum(others)) / TICKS
