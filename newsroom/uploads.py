"""Receives the body of a request before Django sees the request: so that it holds no thread while it arrives.

A stranger's body may be as long as a text, that of somebody who is signed in as long as several pictures. A body has to
arrive in time. The number of texts that arrive at once in each process is limited: the one that has been under way for
longest makes room for the next, so that slow senders never keep out fast ones.

A request that does not say its length has no body for Django.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tempfile
from collections.abc import Awaitable, Callable
from typing import IO, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from granian.rsgi import ProtocolClosed, ProtocolError

from articles.admin.storage_errors import find_storage_error
from newsroom.environ import Environ, request_of
from newsroom.language import language_of_request

MAX_UPLOADS_AT_ONCE = 256  # texts that arrive in each process, whose senders are not known yet
IN_MEMORY = 64 * 1024  # bytes of a body; what is longer goes to a temporary file
BODY_TIMEOUT = 30  # seconds that any body may take
MIN_BYTES_PER_SECOND = 20_000  # bytes a second: a longer body gets more time

logger = logging.getLogger(__name__)


class RefusedUpload(Exception):
    """The refusal of a body: the status of the response, and a sentence for the sender in their language."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(status)
        self.status, self.body, self.language = status, message.encode(), translation.get_language() or ""


class UploadReceiver:
    def __init__(self, is_staff: Callable[[Environ], Awaitable[bool]]) -> None:
        self.is_staff = is_staff
        self._arriving: dict[asyncio.Task[bool], None] = {}  # texts, the oldest first

    async def receive(self, environ: Environ, chunks: Any) -> IO[bytes]:
        """Receive the whole body, to be read from its beginning. Raises Refused."""
        length = body_length(environ)
        if length > settings.MAX_REQUEST_SIZE:
            raise too_large(environ)
        is_long = length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if is_long and not await self.is_staff(environ):
            raise strangers_file(environ)
        body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
        try:
            has_arrived = await self._arrives(
                copy_body(chunks, body, length), BODY_TIMEOUT + length / MIN_BYTES_PER_SECOND, is_counted=not is_long
            )
        except OSError as error:
            with contextlib.suppress(OSError):  # to close it writes the rest
                body.close()
            logger.exception("What a request sent was not kept")
            raise not_kept(environ, error) from error
        if not has_arrived:
            body.close()
            raise too_slow(environ)
        return body

    async def _arrives(self, copying: Any, seconds: float, *, is_counted: bool) -> bool:
        """Return whether the body came in time, before too many others began. Raises faults of ours alone."""
        task = asyncio.ensure_future(copying)
        if is_counted:
            self._make_room()
            self._arriving[task] = None
        try:
            done, _late = await asyncio.wait({task}, timeout=seconds)
            return bool(done) and not task.cancelled() and task.result()
        except (ProtocolClosed, ProtocolError):
            return False
        finally:
            self._arriving.pop(task, None)
            task.cancel()

    def _make_room(self) -> None:
        if len(self._arriving) >= MAX_UPLOADS_AT_ONCE:
            oldest = next(iter(self._arriving))
            del self._arriving[oldest]
            oldest.cancel()


async def copy_body(chunks: Any, body: IO[bytes], length: int) -> bool:
    """Copy the body up to the announced length. Returns whether all of it came."""
    async for chunk in chunks:
        body.write(chunk[:length])
        length -= len(chunk)
        if length <= 0:
            break
    body.seek(0)
    return length <= 0


def body_length(environ: Environ) -> int:
    """Return the announced length in bytes; 0 when the request does not say it in plain digits."""
    length: str = environ.get("CONTENT_LENGTH", "")
    return int(length) if length.isascii() and length.isdecimal() else 0


def too_large(environ: Environ) -> RefusedUpload:
    with speaking_to(environ):
        message = _("This is more than the %(megabytes)d MB that can be sent at once.")
        return RefusedUpload("413 Content Too Large", message % {"megabytes": settings.MAX_REQUEST_SIZE // 1024**2})


def strangers_file(environ: Environ) -> RefusedUpload:
    with speaking_to(environ):
        message = _(
            "Files this large are accepted only from people who are signed in. Sign in from another "
            "tab, then go back and send the file again."
        )
        return RefusedUpload("413 Content Too Large", message)


def too_slow(environ: Environ) -> RefusedUpload:
    with speaking_to(environ):
        return RefusedUpload(
            "408 Request Timeout", _("This took too long to arrive. Please go back and send it again.")
        )


def not_kept(environ: Environ, error: OSError) -> RefusedUpload:
    with speaking_to(environ):
        if trouble := find_storage_error(error):
            return RefusedUpload(f"{trouble.status.value} {trouble.status.phrase}", trouble.words)
        words = _("This page cannot be shown at the moment. Please try again in a few seconds.")
        return RefusedUpload("503 Service Unavailable", words)


def speaking_to(environ: Environ) -> Any:
    return translation.override(language_of_request(request_of(environ)))
