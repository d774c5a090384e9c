"""Asks a server for pages: over and over, each once, or at a steady rate.

Over and over by wrk where it is installed (Debian's package of that name), which takes little processor time itself;
else by this program. Requests per second and latencies then say as much about this program as about the server; what
a request costs the server is right either way.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, repeat
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.figures import percentile

CONNECTIONS = 16
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
local requests, number, turn = {}, 0, 0
init = function()
  for path in io.lines(os.getenv("BENCH_PATHS")) do
    number = number + 1
    requests[number] = wrk.format("GET", path)
  end
end
request = function()
  turn = turn % number + 1
  return requests[turn]
end
done = function(summary, latency)
  local errors = summary.errors
  io.stderr:write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failures": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


@dataclass(frozen=True)
class Load:
    """The answers that a server gave, in numbers."""

    requests: int
    seconds: float
    p50: float  # milliseconds
    p99: float
    failures: int  # answers of 400 and more among them


def meter() -> str:
    return "wrk" if shutil.which("wrk") else "this program's own meter (wrk is not installed)"


def ask_repeatedly(address: str, paths: Sequence[str], seconds: float, encoding: str = "", own: bool = False) -> Load:
    """Ask for these paths in turn by CONNECTIONS kept connections, each as soon as it has its answer."""
    if own or not shutil.which("wrk"):
        return _ask(address, paths, encoding, "--seconds", str(seconds))
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT)
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
        command += ["-s", script.name, *(["-H", f"Accept-Encoding: {encoding}"] if encoding else []), address]
        return _run(command, paths)


def ask_once(address: str, paths: Sequence[str], encoding: str = "") -> Load:
    """Ask for each of these paths once."""
    return _ask(address, paths, encoding)


def ask_at_rate(address: str, paths: Sequence[str], rate: float, encoding: str = "") -> Load:
    """Ask for each path once, at this rate per second; a latency counts from when the request was due."""
    return _ask(address, paths, encoding, "--rate", str(rate))


def _ask(address: str, paths: Sequence[str], encoding: str, *options: str) -> Load:
    command = [sys.executable, "-m", "tests.bench.load", address, "--encoding", encoding, *options]
    return _run(command, paths)


def _run(command: Sequence[str], paths: Iterable[str]) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("".join(f"{path}\n" for path in paths))
        listed.flush()
        environment = os.environ | {"BENCH_PATHS": listed.name}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    try:
        return Load(**json.loads(done.stderr.splitlines()[-1]))
    except (ValueError, IndexError):
        raise RuntimeError(f"The load meter failed: {done.stdout}{done.stderr}") from None


# Our own meter, a process of its own.

Turns = Iterator[tuple[float, bytes]]  # when each request is due (0: at once), and what is sent


class Client:
    """One connection, and how long its answers took. All clients of a server share the requests."""

    def __init__(self, address: str, turns: Turns, until: float) -> None:
        parts = urlsplit(address)
        self.place, self.turns, self.until = (str(parts.hostname), parts.port or 80), turns, until
        self.latencies: list[float] = []
        self.failures = 0

    def run(self) -> None:
        for turn in self.turns:
            if time.monotonic() >= self.until:
                return
            try:
                with socket.create_connection(self.place, timeout=30) as connection:
                    self._talk(connection, turn)
            except (OSError, ValueError):
                self.failures += 1

    def _talk(self, connection: socket.socket, first: tuple[float, bytes]) -> None:
        stream = connection.makefile("rb")
        for due, request in chain([first], self.turns):
            time.sleep(max(0.0, due - time.monotonic()))
            start = due or time.monotonic()
            if start >= self.until:
                return
            connection.sendall(request)
            status, length, is_kept = answer_head(stream)
            stream.read(length)
            self.latencies.append((time.monotonic() - start) * 1000)
            self.failures += status >= 400
            if not is_kept:
                return


def answer_head(lines: Iterator[bytes]) -> tuple[int, int, bool]:
    """Return status, bytes of the body, and whether the connection goes on. Raises ValueError without these.

    >>> answer_head(iter([b"HTTP/1.1 200 OK\\r\\n", b"content-length: 7\\r\\n", b"\\r\\n", b"the body"]))
    (200, 7, True)
    """
    _version, status, *_reason = next(lines, b"").split()
    length, is_kept = None, True
    for line in lines:
        name, _colon, value = line.strip().lower().partition(b":")
        if not name:
            break
        if name == b"content-length":
            length = int(value)
        is_kept = is_kept and not (name == b"connection" and b"close" in value)
    if length is None:
        raise ValueError("the answer does not say its length")
    return int(status), length, is_kept


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load")
    parser.add_argument("address")
    parser.add_argument("--encoding", default="")
    parser.add_argument("--seconds", type=float, help="ask over and over for so long")
    parser.add_argument("--rate", type=float, help="ask for each once, this many per second")
    options = parser.parse_args()
    accepted = f"Accept-Encoding: {options.encoding}\r\n" if options.encoding else ""
    host = urlsplit(options.address).netloc
    paths = Path(os.environ["BENCH_PATHS"]).read_text().split()
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{accepted}\r\n".encode() for path in paths]
    start = time.monotonic()
    dues = (start + number / options.rate for number in range(len(requests))) if options.rate else repeat(0.0)
    turns = zip(dues, cycle(requests) if options.seconds else requests, strict=False)
    sys.stderr.write(json.dumps(vars(measure(options.address, Shared(turns), start, options.seconds or float("inf")))))


class Shared:
    """An iterator that several threads may share."""

    def __init__(self, turns: Turns) -> None:
        self.turns, self.lock = turns, threading.Lock()

    def __iter__(self) -> Shared:
        return self

    def __next__(self) -> tuple[float, bytes]:
        with self.lock:
            return next(self.turns)


def measure(address: str, turns: Turns, start: float, seconds: float) -> Load:
    clients = [Client(address, turns, start + seconds) for _number in range(CONNECTIONS)]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    latencies = [latency for client in clients for latency in client.latencies]
    failures = sum(client.failures for client in clients)
    p50, p99 = percentile(latencies, 0.5), percentile(latencies, 0.99)
    return Load(len(latencies), time.monotonic() - start, p50, p99, failures)


if __name__ == "__main__":
    main()
