"""Statements on psycopg's own connection."""

import pytest
from django.db import DatabaseError, connection

from articles.uncounted import execute_uncounted

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]


def test_django_counts_no_query(django_assert_num_queries):
    connection.ensure_connection()
    with django_assert_num_queries(0):
        assert execute_uncounted(connection, "SELECT 1").fetchone() == (1,)


def test_what_fails_raises_the_exceptions_of_django():
    with pytest.raises(DatabaseError):
        execute_uncounted(connection, "SELECT geheim")
