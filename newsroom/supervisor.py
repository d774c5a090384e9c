"""Keeps a number of processes serving: starts again what died, and replaces one after the other without a pause.

An old process is told to end only when its successor has said that it is ready. Everything happens in one thread, which
takes what happened from a queue, call by call.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from queue import SimpleQueue

from newsroom.notify import VARIABLE, notify

SETTLING_SECONDS = 1.0  # seconds from when a process says that it is ready until it is relied on
START_TIMEOUT = 300.0  # seconds that the successor of a process may take
STEADY_SECONDS = 60.0  # seconds after which a death is no sign of the next one
MAX_DELAY = 30.0  # seconds before a process that dies again and again is started
END_TIMEOUT = 40.0  # seconds that a process may take to end

logger = logging.getLogger(__name__)


class Worker:
    """A process that serves, or is about to."""

    def __init__(self, command: Sequence[str], place: int) -> None:
        """Start the process. Raises OSError."""
        self.place = place
        self.is_ready = False
        self.serving_pid = 0  # pid of the process that granian started for us
        self.started_at = time.monotonic()
        self.folder = tempfile.TemporaryDirectory(prefix="newsroom-")
        self.address = f"{self.folder.name}/ready"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.address)
        self.process = subprocess.Popen(  # noqa: S603 - our own
            command,
            env=os.environ | {VARIABLE: self.address},
            process_group=0,  # so that kill() reaches its children too
        )

    def wait_until_ready(self) -> bool:
        """Wait until the process says that it is ready. Returns whether it did before it ended."""
        with contextlib.suppress(OSError):
            while message := self.socket.recv(4096).decode():
                said = dict(line.partition("=")[::2] for line in message.splitlines())
                if said.get("READY") == "1":
                    self.serving_pid = int(said.get("MAINPID", 0))
                    return True
        return False

    def wait_until_ended(self) -> None:
        self.process.wait()
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"", self.address)  # for the thread that still waits until it is ready

    def terminate(self) -> None:
        self.process.terminate()

    def kill(self) -> None:
        """End it and all that it started without asking."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def terminate_serving(self) -> None:
        """Terminate the process that serves, when granian cannot tell it to end."""
        with contextlib.suppress(ProcessLookupError):
            if self.serving_pid:
                os.kill(self.serving_pid, signal.SIGTERM)

    def clear_up(self) -> None:
        """Clear up after its end. When a signal ended granian itself, what serves goes on, and is ended here."""
        self.socket.close()
        self.folder.cleanup()
        if self.process.returncode < 0:
            self.terminate_serving()


class Supervisor:
    def __init__(self, command: Sequence[str], number: int, end_timeout: float = END_TIMEOUT) -> None:
        """Keep this number of processes, each started by this command and killed if it does not end in time."""
        self.command, self.number, self.end_timeout = command, number, end_timeout
        self.exit_code = 0
        self._events: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._serving: dict[int, Worker] = {}  # by place
        self._successor: Worker | None = None
        self._retiring: set[Worker] = set()
        self._to_renew: deque[int] = deque()  # places
        self._deaths = dict.fromkeys(range(number), 0)  # in a row, by place
        self._has_served = self._is_stopping = False

    def run(self) -> int:
        """Serve until stop(); the exit code is that of a process that could not be started at all."""
        for place in range(self.number):
            self._start(place)
        while not self._is_stopping or self._serving or self._successor or self._retiring:
            self._events.get()()
        return self.exit_code

    def reload(self) -> None:
        """Replace all processes, one after the other. May be called by signal handlers and other threads."""
        self._events.put(self._reload)

    def stop(self) -> None:
        """End all processes when they have answered what is under way. May be called like reload()."""
        self._events.put(self._stop)

    def _start(self, place: int) -> None:
        if self._is_stopping or place in self._serving:
            return
        if worker := self._worker(place):
            self._serving[place] = worker
        else:
            self._after(MAX_DELAY, partial(self._start, place))

    def _worker(self, place: int) -> Worker | None:
        """Start a process; return None when the machine can start none."""
        try:
            worker = Worker(self.command, place)
        except OSError as error:
            logger.error("No process can be started: %s", error)
            return None
        for wait in (self._wait_until_ready, self._wait_until_ended):
            threading.Thread(target=wait, args=[worker], daemon=True).start()
        return worker

    def _wait_until_ready(self, worker: Worker) -> None:
        if worker.wait_until_ready():
            self._events.put(partial(self._on_ready, worker))

    def _wait_until_ended(self, worker: Worker) -> None:
        worker.wait_until_ended()
        self._events.put(partial(self._on_end, worker))

    def _after(self, seconds: float, call: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, self._events.put, [call])
        timer.daemon = True
        timer.start()

    def _on_ready(self, worker: Worker) -> None:
        worker.is_ready = True
        if self._is_stopping:  # granian's output while the process was starting was lost
            worker.terminate_serving()
            return
        if not self._has_served:
            notify("READY=1")
        self._has_served = True
        if worker is self._successor:
            self._after(SETTLING_SECONDS, partial(self._succeed, worker))

    def _reload(self) -> None:
        logger.info("All processes are replaced, one after the other")
        self._to_renew = deque(range(self.number))
        self._renew_next()

    def _renew_next(self) -> None:
        if not self._to_renew or self._successor or self._retiring or self._is_stopping:
            return
        self._successor = self._worker(self._to_renew[0])
        if self._successor:
            self._to_renew.popleft()
            self._after(START_TIMEOUT, partial(self._give_up, self._successor))
        else:
            self._after(MAX_DELAY, self._renew_next)

    def _succeed(self, worker: Worker) -> None:
        """Put the successor in the place of the old process, and end that one."""
        if worker is not self._successor:
            return
        self._successor = None
        old = self._serving.get(worker.place)
        self._serving[worker.place] = worker
        if old:
            self._retiring.add(old)
            self._end(old)
        else:
            self._renew_next()

    def _give_up(self, worker: Worker) -> None:
        if worker is self._successor and not worker.is_ready:
            logger.error("A new process was not ready after %d seconds", START_TIMEOUT)
            self._end(worker)

    def _end(self, worker: Worker) -> None:
        """Terminate it, and kill it if that is not enough, as when it hangs before it listens to signals."""
        worker.terminate()
        self._after(self.end_timeout, partial(self._kill, worker))

    def _kill(self, worker: Worker) -> None:
        if worker.process.poll() is None:
            logger.error("A process that should end had not ended after %d seconds and is killed", self.end_timeout)
            worker.kill()

    def _on_end(self, worker: Worker) -> None:
        worker.clear_up()
        if worker in self._retiring:
            self._retiring.remove(worker)
            self._renew_next()
        elif worker is self._successor:
            self._successor = None
            self._to_renew.clear()
            if not self._is_stopping:
                logger.error("A new process ended before it took over: the old ones go on, and nothing is replaced")
        else:
            self._on_death(worker)

    def _on_death(self, worker: Worker) -> None:
        if self._serving.get(worker.place) is worker:
            del self._serving[worker.place]
        if self._is_stopping:
            return
        if not self._has_served:
            self.exit_code = worker.process.returncode or 1
            self._stop()
            return
        delay = self._delay(worker)
        logger.error("A process has ended by itself (%d): the next in %d seconds", worker.process.returncode, delay)
        self._after(delay, partial(self._start, worker.place))

    def _delay(self, worker: Worker) -> float:
        """Return the seconds to wait: 0 at first, more and more while processes in this place die soon."""
        is_steady = time.monotonic() - worker.started_at > STEADY_SECONDS
        deaths = self._deaths[worker.place] = 0 if is_steady else self._deaths[worker.place] + 1
        return min(2.0 ** max(0, deaths - 1) - 1, MAX_DELAY)

    def _stop(self) -> None:
        self._is_stopping = True
        self._to_renew.clear()
        for worker in {*self._serving.values(), *self._retiring, self._successor} - {None}:
            self._end(worker)  # type: ignore[arg-type]
