"""Commands that open pages by the hundred: Django's line for each page that is not there, or is refused, stays away."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def only_errors_are_logged() -> Iterator[None]:
    logger = logging.getLogger("django.request")
    logger.addFilter(_is_error)
    try:
        yield
    finally:
        logger.removeFilter(_is_error)


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR
