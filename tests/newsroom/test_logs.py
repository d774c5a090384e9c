import logging
import sys

import pytest
from django.core.exceptions import PermissionDenied

from newsroom.logs import WithoutTraceback

pytestmark = pytest.mark.django_db


def test_failed_sign_in_names_the_address(client, caplog):
    client.post("/admin/login/", {"login": "awa", "password": "x"}, REMOTE_ADDR="192.0.2.1")
    assert "Sign-in failed from 192.0.2.1" in caplog.messages


def formatted(record):
    assert WithoutTraceback().filter(record)
    return logging.Formatter().format(record)


def record(level):
    try:
        raise PermissionDenied
    except PermissionDenied:
        return logging.LogRecord("django.request", level, __file__, 1, "Forbidden: /admin/x/", (), sys.exc_info())


def test_a_refusal_is_one_line_and_a_failure_has_its_traceback():
    assert formatted(record(logging.WARNING)) == "Forbidden: /admin/x/"
    assert "Traceback" in formatted(record(logging.ERROR))
