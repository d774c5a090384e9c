from pathlib import Path

import pytest
from django.db import connection

from newsroom.database import POSTGRESQL, SQLITE, database


def newsroom_database(url):
    return database(url, folder=Path("/srv/newsroom"))


def test_sqlite_address_names_a_file():
    config = newsroom_database("sqlite:////srv/news.sqlite3")
    assert (config["ENGINE"], config["NAME"]) == (SQLITE, "/srv/news.sqlite3")


def test_sqlite_file_without_a_leading_slash_is_in_the_projects_folder():
    assert newsroom_database("sqlite:///news.sqlite3")["NAME"] == "/srv/newsroom/news.sqlite3"


def test_sqlite_writers_queue_instead_of_failing():
    options = newsroom_database("sqlite:////srv/news.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] > 0


def test_postgresql_is_told_nothing_at_the_start_that_a_pooler_refuses():
    config = newsroom_database("postgresql://news@localhost/news")
    assert config["ENGINE"] == POSTGRESQL
    assert "options" not in config["OPTIONS"]


@pytest.mark.parametrize("url", ["postgresql://news@localhost/news", "sqlite:///news.sqlite3"])
def test_connections_are_kept_from_request_to_request(url):
    assert newsroom_database(url)["CONN_MAX_AGE"] > 0


def test_the_address_itself_wins_over_our_options():
    config = newsroom_database("postgresql://localhost/news?connect_timeout=60&sslmode=require")
    assert config["OPTIONS"]["connect_timeout"] == 60
    assert config["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://localhost/news", "news", "postgresql://localhost:port/news"])
def test_other_engines_and_broken_addresses_are_refused(url):
    with pytest.raises(ValueError, match=r"must start with|cannot be read"):
        newsroom_database(url)


@pytest.mark.django_db
def test_the_open_connection_has_these_options():
    statement = {
        "sqlite": "PRAGMA journal_mode",
        "postgresql": "SHOW statement_timeout",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.fetchone() in [("wal",), ("15s",)]
