"""Starts the site as in production: `python -m newsroom.server`.

What granian is told is here, because each option has a reason. The environment may say otherwise by the same
variables, GRANIAN_WORKERS=4, and so may options after the command, --port 8080.
"""

import os
import sys

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
OPTIONS = {
    "GRANIAN_INTERFACE": "rsgi",
    "GRANIAN_HTTP": "1",  # what web servers in front speak
    "GRANIAN_WEBSOCKETS": "false",
    "GRANIAN_WORKERS": str(max(2, CORES)),  # two on one core: when one dies or is renewed, the other answers
    "GRANIAN_RESPAWN_FAILED_WORKERS": "true",  # else one that dies ends them all
    # Backpressure counts connections, silent ones too: a thousand would do to shut out everybody else.
    "GRANIAN_BACKLOG": "4096",
    "GRANIAN_BACKPRESSURE": "4096",  # for each process
    "GRANIAN_HTTP1_BUFFER_SIZE": str(64 * 1024),  # bytes of a request's head; granian's own 400 KB, times connections
    "GRANIAN_HTTP1_HEADER_READ_TIMEOUT": "10000",  # milliseconds
    "GRANIAN_WORKERS_KILL_TIMEOUT": "30",  # seconds that a process may take for what is under way when it has to end
    "MALLOC_ARENA_MAX": "2",  # else glibc keeps memory apart for each thread, which no other may use
}


def main(arguments: list[str]) -> None:
    """Become granian: signals reach it, and whatever watches this process watches the server."""
    environment = OPTIONS | os.environ
    command = [sys.executable, "-m", "granian", *arguments, "newsroom.rsgi:application"]
    os.execve(sys.executable, command, environment)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
