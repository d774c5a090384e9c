"""Asks a server for pages over and over, by wrk where it is installed, else by this program itself.

wrk (Debian's package of that name) takes little processor time itself. Without it, requests per second and latencies
say as much about this meter as about the server; what a request costs the server is right either way.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
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
    """What came of asking."""

    requests: int
    seconds: float
    p50: float  # milliseconds
    p99: float
    failures: int  # answers of 400 and more among them


def meter() -> str:
    return "wrk" if shutil.which("wrk") else "this program's own meter (wrk is not installed)"


def put(address: str, paths: Sequence[str], seconds: float, encoding: str = "", own: bool = False) -> Load:
    """Ask for these paths in turn by CONNECTIONS connections that are kept, each as soon as it has its answer."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed, tempfile.NamedTemporaryFile("w") as script:
        listed.write("".join(f"{path}\n" for path in paths))
        listed.flush()
        script.write(SCRIPT)
        script.flush()
        if own or not shutil.which("wrk"):
            command = [sys.executable, "-m", "tests.bench.load", address, listed.name, str(seconds), encoding]
        else:
            command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
            command += ["-s", script.name, *(["-H", f"Accept-Encoding: {encoding}"] if encoding else []), address]
        environment = os.environ | {"BENCH_PATHS": listed.name}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    try:
        return Load(**json.loads(done.stderr.splitlines()[-1]))
    except (ValueError, IndexError):
        raise RuntimeError(f"The load meter failed: {done.stdout}{done.stderr}") from None


# Our own meter, a process of its own.


class Client:
    """One connection, and how long its answers took."""

    def __init__(self, address: str, requests: Sequence[bytes], until: float) -> None:
        parts = urlsplit(address)
        self.place, self.requests, self.until = (str(parts.hostname), parts.port or 80), requests, until
        self.latencies: list[float] = []
        self.failures = 0

    def run(self) -> None:
        turns = cycle(self.requests)
        while time.monotonic() < self.until:
            try:
                with socket.create_connection(self.place, timeout=30) as line:
                    self._talk(line, turns)
            except (OSError, ValueError):
                self.failures += 1

    def _talk(self, line: socket.socket, turns: Iterator[bytes]) -> None:
        stream = line.makefile("rb")
        while (start := time.monotonic()) < self.until:
            line.sendall(next(turns))
            status, length, is_kept = answer_head(stream)
            stream.read(length)
            self.latencies.append((time.monotonic() - start) * 1000)
            self.failures += status >= 400
            if not is_kept:
                return


def answer_head(lines: Iterator[bytes]) -> tuple[int, int, bool]:
    """Status, bytes of the body, and whether the connection goes on. Raises ValueError for what does not say these.

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


def main(address: str, listed: str, seconds: str, encoding: str) -> None:
    accepted = f"Accept-Encoding: {encoding}\r\n" if encoding else ""
    host = urlsplit(address).netloc
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{accepted}\r\n".encode() for path in Path(listed).read_text().split()
    ]
    start = time.monotonic()
    clients = [
        Client(address, requests[place:] + requests[:place], start + float(seconds))
        for place in (number % len(requests) for number in range(CONNECTIONS))
    ]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    latencies = [latency for client in clients for latency in client.latencies]
    result = {
        "requests": len(latencies),
        "seconds": time.monotonic() - start,
        "p50": percentile(latencies, 0.5),
        "p99": percentile(latencies, 0.99),
        "failures": sum(client.failures for client in clients),
    }
    sys.stderr.write(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
