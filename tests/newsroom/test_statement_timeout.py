"""How long PostgreSQL may take for a query of a reader's page, and for one of the desk."""

import time
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from articles.models import Section
from articles.sql.compiled_query import CompiledQuery
from newsroom import statement_timeout
from newsroom.statement_timeout import StatementTimeoutMiddleware, limit_statements
from tests.articles import cast

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _new_connection(settings):
    settings.READER_STATEMENT_TIMEOUT, settings.STATEMENT_TIMEOUT = 2, 15
    connection.close()
    yield
    connection.close()


def limit():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def sleep(seconds):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def test_readers_have_less_time_than_the_desk_on_the_same_connection(client):
    story = cast.story()
    assert limit() == "15s"
    for address, seconds in [(story.get_absolute_url(), "2s"), ("/admin/login/", "15s"), ("/search/?q=x", "2s")]:
        client.get(address)
        assert limit() == seconds


def test_the_limit_is_set_once_for_a_connection():
    connection.ensure_connection()
    asked = []
    execute = connection.connection.execute
    connection.connection.execute = lambda sql: asked.append(sql) or execute(sql)
    for _ in range(3):
        limit_statements(connection, 2)
    assert asked == ["SELECT pg_backend_pid()", "SET statement_timeout = '2s'"]


@pytest.mark.parametrize("has_begun", [True, False])  # for PostgreSQL, with the first query
def test_a_transaction_that_is_rolled_back_takes_no_limit_with_it(has_begun):
    connection.ensure_connection()
    with transaction.atomic():
        if has_begun:
            limit()
        limit_statements(connection, 2)
        transaction.set_rollback(True)
    assert limit() == "15s"
    limit_statements(connection, 2)
    assert limit() == "2s"


def test_a_pooler_hands_no_limit_on(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(statement_timeout, "is_pooled", lambda connection: True)
    limit_statements(connection, 2)
    assert limit() == "15s"


def test_a_query_of_a_locked_table_takes_no_longer_than_readers_have(rf, settings, locked_table):
    settings.READER_STATEMENT_TIMEOUT = 1
    sections = CompiledQuery(Section.objects.all)
    began = time.monotonic()
    with locked_table("articles_section"), pytest.raises(OperationalError, match="statement timeout"):
        StatementTimeoutMiddleware(lambda request: sections.fetch())(rf.get("/"))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("given", ["options", "a pooler"])
def test_where_a_connection_has_no_limit_of_ours_each_query_of_readers_has_one(rf, settings, monkeypatch, given):
    settings.READER_STATEMENT_TIMEOUT = 1
    if given == "options":
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"options": "-c statement_timeout=20000"})
    monkeypatch.setattr(statement_timeout, "is_pooled", lambda connection: given == "a pooler")
    expected = "20s" if given == "options" else "15s"
    assert StatementTimeoutMiddleware(lambda request: limit())(rf.get("/")) == "1s"
    assert StatementTimeoutMiddleware(lambda request: limit())(rf.get("/admin/")) == expected
    with pytest.raises(OperationalError, match="statement timeout"):
        StatementTimeoutMiddleware(lambda request: sleep(5))(rf.get("/"))
    with transaction.atomic():
        StatementTimeoutMiddleware(lambda request: sleep(0))(rf.get("/"))
        assert limit() == expected


@pytest.fixture
def locked_table():
    """Lock a table as a migration does."""

    @contextmanager
    def lock(table):
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            yield
        finally:
            other.close()

    return lock
