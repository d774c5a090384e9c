"""Sends mail in a thread of its own: no answer takes longer because there is somebody to write to."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_threads: dict[int, ThreadPoolExecutor] = {}  # by process, for threads stay behind when a process forks

logger = logging.getLogger(__name__)


def send_in_background(send: Callable[[], object]) -> None:
    """Call this soon; a failure is logged. At its end, the process waits for what was begun."""
    if os.getpid() not in _threads:
        _threads.clear()
        _threads[os.getpid()] = thread = ThreadPoolExecutor(1, thread_name_prefix="account-mail")
        atexit.register(thread.shutdown)
    _threads[os.getpid()].submit(_send, send)


def _send(send: Callable[[], object]) -> None:
    try:
        send()
    except Exception:  # whatever it is, there is nobody else to tell
        logger.exception("A mail about an account could not be sent")
