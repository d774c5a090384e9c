"""Reports failures to an operator: once when one begins, by a line in the log and a mail; then how often.

Failures are of one kind when they have one cause: a database that does not answer, one error code of a database that
does, or an exception at the same place of the code. An outage has ended when its kind did not occur for a minute. All
processes of a machine tell of it once together.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import tempfile
import threading
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError
from django.utils.log import AdminEmailHandler

from articles.failures import is_logged
from newsroom.redaction import redact

OUTAGE_END_SECONDS = 60.0  # seconds without a failure of its kind
COUNTED_EVERY = 60.0  # seconds
MAILS_AN_HOUR = 20  # by each process, for all failures together
DATABASE = "database"
# How the codes of errors begin that say that the database is down or cannot store anything: PostgreSQL's SQLSTATE and
# SQLite's names. Any other code is the answer to one query: too slow, a lock that is taken, a wrong value.
OUTAGE_CODES = (
    *("08", "53", "57P", "58", "XX"),
    *("SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOTADB", "SQLITE_READONLY"),
)
MARK_FOLDER = Path(tempfile.gettempdir())

logger = logging.getLogger(__name__)


class OncePerOutage(logging.Filter):
    """A filter that lets the first failure of an outage pass; the others are counted, in one line a minute.

    What is less than an error always passes, and everything does for a developer. Each handler has a filter of its own,
    with a name.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.channel = name
        self._last: dict[str, float] = {}  # seconds since 1970
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        if settings.DEBUG or record.levelno < logging.ERROR or record.name == __name__:
            return True
        if repeats_what_is_logged(record):
            return False
        kind = failure_kind(record)
        with self._lock:
            now = time.time()
            last = max(self._last.pop(kind, 0.0), touch_mark(f"{self.channel} {kind}"))
            self._last[kind] = now
            if now - last > OUTAGE_END_SECONDS:
                return True
            self._count(kind, record.getMessage())
        return False

    def _count(self, kind: str, message: str) -> None:
        if kind not in self._counts:
            timer = threading.Timer(COUNTED_EVERY, self._tell_count, (kind, message))
            timer.daemon = True
            timer.start()
        self._counts[kind] = self._counts.get(kind, 0) + 1

    def _tell_count(self, kind: str, message: str) -> None:
        with self._lock:
            count = self._counts.pop(kind)
            for old in [old for old, last in self._last.items() if time.time() - last > OUTAGE_END_SECONDS]:
                del self._last[old]
        if self.channel == "log":
            logger.error("%d more of this kind within a minute: %s", count, message)


class MailHandler(AdminEmailHandler):
    """A handler that mails to ADMINS in a thread of its own: no request waits for a mail server."""

    def __init__(self) -> None:
        super().__init__()
        self._pid = 0
        self._sent: deque[float] = deque(maxlen=MAILS_AN_HOUR)  # monotonic seconds
        self._pending: list[Future[None]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if settings.ADMINS and record.name != __name__:
            super().emit(record)

    def send_mail(self, subject: Any, message: Any, *args: Any, **kwargs: Any) -> None:
        now = time.monotonic()
        if len(self._sent) == MAILS_AN_HOUR and now - self._sent[0] < 60 * 60:
            return
        self._sent.append(now)
        if self._pid != os.getpid():  # threads stay behind when a process forks
            self._thread, self._pid = ThreadPoolExecutor(1, thread_name_prefix="mail"), os.getpid()
        send = super().send_mail
        self._pending = [mail for mail in self._pending if not mail.done()]
        self._pending.append(self._thread.submit(send, redact(str(subject)), redact(str(message)), *args, **kwargs))

    def flush(self) -> None:
        """Wait until all is sent: logging asks for it at the end of a process."""
        wait(self._pending)


def repeats_what_is_logged(record: logging.LogRecord) -> bool:
    """Return whether this record only names the status of a response whose cause is already logged."""
    request = getattr(record, "request", None)
    if request is None or record.exc_info:
        return False
    return is_logged(request) or request.path_info.startswith("/health/")


def failure_kind(record: logging.LogRecord) -> str:
    """Return what distinguishes the cause of this failure from others, on any page."""
    if kind := getattr(record, "kind", ""):
        return str(kind)
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, Error):
        return _database_failure_kind(error)
    if record.name.startswith("django.security"):
        return record.name  # the message is in the sender’s words
    if error is None:
        return f"{record.name} {record.msg} {getattr(record, 'status_code', '')}"
    return f"{type(error).__qualname__} {_failure_place(error)}"


def _database_failure_kind(error: Error) -> str:
    """Return DATABASE when it is down, which nothing less may hide; otherwise the error's name and code."""
    code = str(getattr(error.__cause__, "sqlstate", "") or getattr(error.__cause__, "sqlite_errorname", "") or "")
    lost_connection = not code and isinstance(error, (InterfaceError, OperationalError))
    is_down = lost_connection or code.startswith(OUTAGE_CODES)
    return DATABASE if is_down else f"{type(error).__qualname__} {code}"


def _failure_place(error: BaseException) -> str:
    """Return where it was raised, as file and line."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    return f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""


def touch_mark(kind: str) -> float:
    """Note such a failure for all processes of this site here; return when the last was, in seconds since 1970.

    0.0 when there was none, or nothing can be noted: to be told twice is better than not at all.
    """
    try:
        folder = _mark_folder()
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            return 0.0
        with (folder / _digest(kind)).open("a") as mark:
            return _touch(mark)
    except BlockingIOError:  # another process notes it at this moment
        return time.time()
    except OSError:
        return 0.0


def last_mark(kind: str) -> float:
    """Return when a process of this site here noted such a failure last, in seconds since 1970; 0.0 for never."""
    try:
        return (_mark_folder() / _digest(kind)).stat().st_mtime
    except OSError:
        return 0.0


def _mark_folder() -> Path:
    return MARK_FOLDER / f"newsroom-{_digest(settings.SITE_URL, settings.BASE_DIR, os.getuid())}"


def _touch(mark: TextIO) -> float:
    fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    known = os.fstat(mark.fileno())
    if not known.st_size:
        mark.write("There was a failure.\n")
    os.utime(mark.fileno())
    return known.st_mtime if known.st_size else 0.0


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
