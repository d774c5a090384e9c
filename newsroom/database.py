"""Turns DATABASE_URL into Django's settings for the two engines a newsroom runs on."""

from pathlib import Path
from typing import Any

import dj_database_url

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# Readers go on while a writer commits; a commit survives a crash of the program, and of the
# machine but for its last moments.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"

CONNECTION_AGE = 60  # seconds a connection is kept between requests
CONNECT_TIMEOUT = 5  # seconds
SQLITE_BUSY_TIMEOUT = 10  # seconds a writer waits for another


def database(url: str, *, folder: Path) -> dict[str, Any]:
    """Return the settings of one database.

    An SQLite file without a leading slash (`sqlite:///news.sqlite3`) is in `folder`.
    What the address's query says (`?sslmode=require`) wins over the options set here.
    Raises ValueError on an address that cannot be read or an engine that is not supported.
    """
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:  # its message may name a piece of the password
        raise ValueError("cannot be read as an address; write special characters of a password as %XX") from None
    if config["ENGINE"] == SQLITE:
        options = sqlite_options()
        if config["NAME"] != ":memory:":
            config["NAME"] = str(folder / config["NAME"])
    elif config["ENGINE"] == POSTGRESQL:
        options = postgresql_options()
    else:
        raise ValueError("must start with sqlite:// or postgresql://")
    config["CONN_MAX_AGE"] = CONNECTION_AGE
    config["OPTIONS"] = options | config.get("OPTIONS", {})
    return config


def sqlite_options() -> dict[str, Any]:
    return {
        "transaction_mode": "IMMEDIATE",  # a writer waits for its turn
        "timeout": SQLITE_BUSY_TIMEOUT,
        "init_command": SQLITE_PRAGMAS,
    }


def postgresql_options() -> dict[str, Any]:
    """Return options of the client alone: poolers refuse options for the server."""
    return {
        "connect_timeout": CONNECT_TIMEOUT,
        # A server that vanished without a word is noticed within half a minute.
        "tcp_user_timeout": 10_000,  # milliseconds
        "keepalives_idle": 10,  # seconds
        "keepalives_interval": 5,  # seconds
        "keepalives_count": 3,
    }
