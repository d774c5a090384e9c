"""Commands that open many pages leave out of the log what is no error: each page that is not there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def log_errors_only() -> Iterator[None]:
    logger = logging.getLogger("django.request")
    logger.addFilter(_is_error)
    try:
        yield
    finally:
        logger.removeFilter(_is_error)


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR
