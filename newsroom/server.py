"""Starts the site as in production: `python -m newsroom.server`.

This process serves nobody: it keeps the processes that do. SIGHUP replaces them by new ones, as for a new version, and
SIGTERM ends them when they have answered what is under way. Options go on to granian (see newsroom/worker.py).
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys

from newsroom.start_check import is_free
from newsroom.supervisor import Supervisor
from newsroom.worker import OPTIONS

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
KILL_TIMEOUT = "GRANIAN_WORKERS_KILL_TIMEOUT"
KILLED_LATER = 10  # seconds after granian should have ended what serves
WORKERS = str(max(2, CORES))  # two on one core: when one dies or is renewed, the other answers


def main(arguments: list[str]) -> int:
    logging.basicConfig(format="[%(levelname)s] %(message)s", level=logging.INFO)
    options, others = parser().parse_known_args(arguments)
    if options.uds or os.environ.get("GRANIAN_UDS"):
        print("Several processes cannot share a Unix socket: give a port instead.", file=sys.stderr)
        return 1
    if options.workers < 1:
        print("--workers has to be 1 or more: with none, nobody would be answered.", file=sys.stderr)
        return 1
    # Processes that serve share their port, so that they would never notice.
    if not is_free(options.port, options.host):
        print(f"Port {options.port} on {options.host} is taken: something else listens there.", file=sys.stderr)
        return 1
    given = [
        "--host",
        options.host,
        "--port",
        str(options.port),
        "--workers-kill-timeout",
        options.workers_kill_timeout,
    ]
    command = [sys.executable, "-m", "newsroom.worker", *map(str, given), *others]
    supervisor = Supervisor(command, options.workers, options.workers_kill_timeout + KILLED_LATER)
    signal.signal(signal.SIGHUP, lambda *_signal: supervisor.reload())
    signal.signal(signal.SIGTERM, lambda *_signal: supervisor.stop())
    signal.signal(signal.SIGINT, lambda *_signal: supervisor.stop())
    return supervisor.run()


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("newsroom.server", description="Serves the site. Other options are granian's.")
    parser.add_argument("--workers", type=int, default=os.environ.get("GRANIAN_WORKERS") or WORKERS)
    parser.add_argument("--host", default=os.environ.get("GRANIAN_HOST") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=os.environ.get("GRANIAN_PORT") or "8000")
    parser.add_argument(
        "--workers-kill-timeout", type=int, default=os.environ.get(KILL_TIMEOUT) or OPTIONS[KILL_TIMEOUT]
    )
    parser.add_argument("--uds", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
