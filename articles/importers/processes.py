"""Works on batches in one process per processor, a few batches ahead of the consumer."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

import django

Batch = TypeVar("Batch")
Result = TypeVar("Result")


def map_in_processes(work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
    """Yield `work` of each batch, in order. A single batch needs no other process.

    Never more batches are held than two for each process. `work`, batches and results travel by pickle; processes start
    bare, because a copy of this one would share its connections.
    """
    batches = iter(batches)
    first = list(islice(batches, 2))
    if len(first) < 2:
        yield from map(work, first)
        return
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_start_process) as pool:
        waiting: deque[Future[Result]] = deque()
        for batch in chain(first, batches):
            waiting.append(pool.submit(work, batch))
            if len(waiting) > processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _start_process() -> None:
    """Leave Ctrl-C to the parent, and end the process when its parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=[parent_process()], daemon=True).start()
    django.setup()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
