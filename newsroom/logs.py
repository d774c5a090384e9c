"""Where messages of the newsroom go: each to standard error, and failures to the administrators by mail."""

from __future__ import annotations

import logging
from typing import Any


class WithoutTraceback(logging.Filter):
    """Leaves out the traceback of an answer that is no failure, such as 403: the line says all of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request" and record.levelno < logging.ERROR:
            record.exc_info = record.exc_text = None
        return True


def logging_config(level: str) -> dict[str, Any]:
    """Return the setting LOGGING for this level, in the form of `logging.config.dictConfig`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "newsroom.redaction.RedactingFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "filters": {
            "production": {"()": "django.utils.log.RequireDebugFalse"},
            "no traceback": {"()": WithoutTraceback},
            "one line": {"()": "newsroom.alarms.OncePerOutage", "name": "log"},
            "one mail": {"()": "newsroom.alarms.OncePerOutage", "name": "mail"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no traceback", "one line"]},
            "mail": {"class": "newsroom.alarms.MailHandler", "level": "ERROR", "filters": ["production", "one mail"]},
        },
        "root": {"handlers": ["stderr", "mail"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level},  # instead of its own, which would write each line twice
            # Anybody can send a wrong Host, or too many fields: worth a line, not a mail.
            "django.security": {"handlers": ["stderr"], "propagate": False},
            # What leaves the application altogether; granian's own handler would write its traceback as it is.
            "_granian": {"handlers": [], "propagate": True},
        },
    }
