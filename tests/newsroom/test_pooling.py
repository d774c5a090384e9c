"""A slow query is given up, on a connection of our own and through PgBouncer, which lends one for each transaction."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection

from articles.management.archive import lift_query_limits
from articles.models import Section
from articles.pooler import is_pooled
from articles.search import matching
from newsroom import pooling
from newsroom.conditions import find_missing_query_limit
from tests.articles import cast
from tests.postgres import _owner

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.django_db(transaction=True)]

PORT = 6432  # of the name of a socket in a folder of our own
CONFIGURATION = """
[databases]
* = host={server} port={port} user={user}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = {pooler}
auth_type = any
pool_mode = transaction
default_pool_size = 1
admin_users = {user}
"""


def show(database, what):
    with database.cursor() as cursor:
        cursor.execute(f"SHOW {what}")
        return cursor.fetchone()[0]


def reconnect(pooler):
    """Make the pooler open its connections again, as an operator would."""
    address = {"host": str(pooler), "port": PORT, "dbname": "pgbouncer", "user": connection.settings_dict["USER"]}
    with psycopg.connect(**address, autocommit=True) as console:
        console.pgconn.exec_(b"RECONNECT")


@pytest.fixture(scope="module")
def pooler():
    """Start a PgBouncer and return the folder of its socket. Missing, it fails CI and is skipped on a laptop."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("PgBouncer is not installed: nothing was tested through a pooler")
    settings, owner = connection.settings_dict, _owner()
    folder = (
        Path(settings["HOST"]) / f"pooler-{os.getpid()}"
    )  # short enough for a socket; tests run in several processes
    folder.mkdir(exist_ok=True)
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(
        CONFIGURATION.format(
            server=settings["HOST"],
            port=settings["PORT"] or 5432,
            user=settings["USER"],
            folder=folder,
            pooler=PORT,
        )
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, configuration], stdout=log, stderr=log, cwd=folder, **owner)
    deadline = time.monotonic() + 10
    while not (folder / f".s.PGSQL.{PORT}").exists():
        assert process.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < deadline, (folder / "log").read_text()
        time.sleep(0.02)
    yield folder
    process.terminate()
    process.wait()
    shutil.rmtree(folder)


@pytest.fixture
def pooled(pooler, monkeypatch):
    """Lead this thread's connection through the pooler."""
    connection.close()
    for name, value in {"HOST": str(pooler), "PORT": str(PORT), "DISABLE_SERVER_SIDE_CURSORS": False}.items():
        monkeypatch.setitem(connection.settings_dict, name, value)
    reconnect(pooler)
    yield connection
    with connection.cursor() as cursor:
        name = connection.settings_dict["NAME"]
        cursor.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{name}" RESET statement_timeout')
    connection.close()


def test_a_connection_of_our_own_has_the_limit(settings):
    settings.STATEMENT_TIMEOUT = 7
    connection.close()
    assert show(connection, "statement_timeout") == "7s"
    assert find_missing_query_limit() is None
    connection.close()


def test_a_pooler_takes_our_connection_and_serves_pages(pooled, client):
    assert client.get("/").status_code == 200
    assert is_pooled(pooled)


def test_migrate_brings_the_limit_to_the_poolers_connections(pooler, pooled, settings):
    settings.STATEMENT_TIMEOUT = 1
    pooled.ensure_connection()
    assert find_missing_query_limit().level == "yellow"
    pooling.set_limit_of_role()
    reconnect(pooler)
    assert find_missing_query_limit() is None
    assert show(pooled, "statement_timeout") == "1s"
    with pytest.raises(OperationalError, match="statement timeout"), pooled.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")


def test_readers_have_a_limit_of_their_own_and_hand_it_on_to_nobody(pooled, client, settings, monkeypatch):
    settings.READER_STATEMENT_TIMEOUT = 7
    cast.story("Le port rouvre")
    seen = []
    real = matching._fetch

    def fetch(*given):
        seen.append(show(pooled, "statement_timeout"))
        return real(*given)

    monkeypatch.setattr(matching, "_fetch", fetch)
    assert "Le port rouvre" in client.get("/search/?q=port").text
    assert set(seen) == {"7s"}
    assert show(pooled, "statement_timeout") == "0"


def test_a_long_migration_takes_the_limit_from_nobody(pooler, pooled, settings):
    settings.STATEMENT_TIMEOUT = 7
    pooling.set_limit_of_role()
    settings.STATEMENT_TIMEOUT = 0
    pooled.close()
    pooling.set_limit_of_role()
    reconnect(pooler)
    assert show(pooled, "statement_timeout") == "7s"


def test_many_rows_come_though_each_query_has_another_connection(pooled):
    for name in ("Énergie", "Finance", "Gouvernance"):
        Section.objects.create(name=name, slug=name.lower())
    assert len([Section.objects.get(pk=section.pk) for section in Section.objects.iterator(chunk_size=1)]) == 3


def test_a_command_for_an_archive_takes_the_limit_from_nobody(pooler, pooled, settings):
    settings.STATEMENT_TIMEOUT = 7
    pooling.set_limit_of_role()
    reconnect(pooler)
    lift_query_limits()
    assert show(pooled, "statement_timeout") == "7s"


def test_a_command_for_an_archive_has_no_limit_on_a_connection_of_its_own():
    connection.close()
    lift_query_limits()
    assert show(connection, "statement_timeout") == "0"
    connection.close()
