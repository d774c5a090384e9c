"""Starts one process that serves the site: `python -m newsroom.worker`, as newsroom/supervisor.py does.

Granian's options are set here, because each has a reason. The environment may override them by the same
variables, GRANIAN_BACKLOG=1024, and so may options after the command, --port 8080.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # option of prctl(2)
PARENT = "NEWSROOM_GRANIAN_PID"  # the variable by which the process that serves knows who started it
OPTIONS = {
    "GRANIAN_INTERFACE": "rsgi",
    "GRANIAN_HTTP": "1",  # the protocol of web servers in front
    "GRANIAN_WEBSOCKETS": "false",
    # Backpressure counts connections, silent ones too: a thousand would do to shut out everybody else.
    "GRANIAN_BACKLOG": "4096",
    "GRANIAN_BACKPRESSURE": "4096",  # for each process
    "GRANIAN_HTTP1_BUFFER_SIZE": str(64 * 1024),  # bytes of a request's head; granian's own 400 KB, times connections
    "GRANIAN_HTTP1_HEADER_READ_TIMEOUT": "10000",  # milliseconds
    "GRANIAN_WORKERS_KILL_TIMEOUT": "30",  # seconds that a process may take for what is under way when it has to end
    "MALLOC_ARENA_MAX": "2",  # else glibc keeps memory apart for each thread, which no other may use
}
# The supervisor counts processes and replaces them: granian would end all of them when one died twice in 5.5 seconds,
# and would end an old one 3.5 seconds after it started the new one, ready or not.
ALONE = {"GRANIAN_WORKERS": "1", "GRANIAN_RESPAWN_FAILED_WORKERS": "false"}


def main(arguments: list[str]) -> None:
    """Become granian: signals reach it, and what watches this process watches granian.

    It is killed with the supervisor, and the process that serves with it (newsroom/rsgi.py): both lose a milder signal
    while they start.
    """
    end_with_parent(signal.SIGKILL)
    parent = {PARENT: str(os.getpid())}  # which granian keeps
    command = [sys.executable, "-m", "granian", *arguments, "newsroom.rsgi:application"]
    os.execve(sys.executable, command, OPTIONS | os.environ | ALONE | parent)  # noqa: S606 - no shell is wanted


def end_with_parent(by: signal.Signals) -> None:
    """Get this signal when the parent dies: else this process would go on at the same port, beside the next."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)


def end_with_granian() -> None:
    """End the process that serves with granian, which started it and may have been killed already."""
    end_with_parent(signal.SIGKILL)
    if os.environ.get(PARENT, str(os.getppid())) != str(os.getppid()):
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
