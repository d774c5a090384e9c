"""A thread that waits for a database that never answers is released."""

import time

import pytest
from django.db import OperationalError, connection

from newsroom.page_cache.watchdog import shut_down_connections_after


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_query_without_an_answer_ends_with_an_error():
    with connection.cursor() as cursor:
        began = time.monotonic()
        with pytest.raises(OperationalError), shut_down_connections_after(0.3):
            cursor.execute("SELECT pg_sleep(2)")
        assert time.monotonic() - began < 1.5
    connection.close()
    time.sleep(2)  # the server notices only when it wakes


@pytest.mark.django_db(transaction=True)
def test_a_query_that_is_answered_in_time_keeps_its_connection():
    with connection.cursor() as cursor:
        with shut_down_connections_after(0.3):
            cursor.execute("SELECT 1")
        time.sleep(0.5)
        cursor.execute("SELECT 2")
        assert cursor.fetchone() == (2,)
