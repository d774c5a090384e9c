"""The database of a backup on PostgreSQL: an archive of pg_dump, which pg_restore reads and psql brings back.

The password travels in the environment alone, where no other user of the machine sees it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from articles.models import Image
from newsroom.backup.manifest import BackupError, Contents

FILE = "newsroom.dump"
COPY = re.compile(rb'COPY (?:"?\w+"?\.)?"?(\w+)"? \(.*\) FROM stdin;\n')

# Parameters that PostgreSQL's programs know in every version; psycopg brings a newer library than theirs.
CONNECTION_PARAMETERS = (
    *("host", "hostaddr", "port", "dbname", "user", "passfile", "connect_timeout"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "gssencmode", "krbsrvname"),
)
# Objects of an extension stay: they are in no dump.
OWN_TABLES = """SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
EMPTY_SCHEMA = """BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = '60s';
DO $$ DECLARE found text; BEGIN
    FOREACH found IN ARRAY ARRAY(OWN TABLES) LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', found);
    END LOOP;
    FOREACH found IN ARRAY ARRAY(SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')) LOOP
        EXECUTE 'DROP ROUTINE ' || found || ' CASCADE';
    END LOOP;
END $$;
""".replace("OWN TABLES", OWN_TABLES)

REQUIRE_ROWS = """DO $$ BEGIN
    IF (SELECT COUNT(*) FROM {table}) <> {rows} THEN RAISE EXCEPTION '{table} was not restored'; END IF;
END $$;
"""


def copy_database(path: Path) -> Contents:
    """Write the database of this moment to `path`. Readers and writers go on meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = f"--snapshot={cursor.fetchone()[0]}"
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={_schema()}", snapshot]
        with _output("pg_dump", *options, f"--file={path}", f"--dbname={_address()}"):
            pass
        return Contents(_count_rows(cursor), set(Image.objects.values_list("file", flat=True)))


def check_database(path: Path) -> dict[str, int]:
    """Read the whole copy. Returns the number of rows of each table; raises BackupError when it is damaged."""
    rows: dict[str, int] = {}
    table = ""
    with _output("pg_restore", "--data-only", "--file=-", str(path)) as lines:
        for line in lines:
            if table and line == b"\\.\n":
                table = ""
            elif table:
                rows[table] += 1
            elif match := COPY.fullmatch(line):
                table = match[1].decode()
                rows[table] = 0
    return rows


def restore_database(path: Path, rows: dict[str, int]) -> None:
    """Put the copy in the place of what is there, in one transaction, which ends only with all these rows."""
    address, schema = _address(), _schema()
    options = ["--no-owner", "--no-privileges", f"--schema={schema}", "--file=-"]
    connection.close()
    psql = [_program("psql"), "--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1"]
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL with our own options
            [*psql, f"--dbname={address}"], stdin=subprocess.PIPE, stderr=errors, env=_environment()
        )
        try:
            with process.stdin as script:  # type: ignore[union-attr]  # a pipe was asked for
                script.write(EMPTY_SCHEMA.encode())
                with _output("pg_restore", *options, str(path)) as statements:
                    shutil.copyfileobj(statements, script)
                for name, number in rows.items():
                    table = f"{_quoted(schema)}.{_quoted(name)}"
                    script.write(REQUIRE_ROWS.format(table=table, rows=number).encode())
                script.write(b"COMMIT;\n")  # without it, as after an error, all is as it was
                script.write(b"SET statement_timeout = 0; ANALYZE;\n")  # for plans that fit
        except BrokenPipeError:
            pass  # psql says why
        finally:
            process.wait()
        if process.returncode:
            raise BackupError(_text(errors))


def count_rows() -> dict[str, int]:
    """Return the number of rows of each table of the newsroom's database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        return _count_rows(cursor)


def _count_rows(cursor: Any) -> dict[str, int]:
    cursor.execute(OWN_TABLES)
    rows = {}
    for table in sorted(name for [name] in cursor.fetchall()):
        cursor.execute(f"SELECT COUNT(*) FROM {_quoted(table)}")  # noqa: S608 - a name from the catalogue
        rows[table] = cursor.fetchone()[0]
    return rows


@contextmanager
def _output(program: str, *options: str) -> Iterator[IO[bytes]]:
    """Run a program of PostgreSQL and give what it writes. Raises BackupError with its words when it fails."""
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL with our own options
            [_program(program), *options], stdout=subprocess.PIPE, stderr=errors, env=_environment()
        )
        try:
            with process.stdout as output:  # type: ignore[union-attr]  # a pipe was asked for
                yield output
        finally:
            process.wait()
        if process.returncode:
            raise BackupError(_text(errors))


def _program(name: str) -> str:
    if path := shutil.which(name):
        return path
    raise BackupError(f"{name} is not installed here: install PostgreSQL's client programs, as new as the server.")


def _address() -> str:
    """Return the address of the database as PostgreSQL's programs take it, without the password."""
    connection.ensure_connection()
    parameters = connection.connection.info.get_parameters()
    return make_conninfo(**{name: parameters[name] for name in CONNECTION_PARAMETERS if name in parameters})


def _environment() -> dict[str, str]:
    connection.ensure_connection()
    password = connection.connection.info.password
    return os.environ | ({"PGPASSWORD": password} if password else {})


def _schema() -> str:
    """Return the name of the schema in which the newsroom's tables are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _text(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode(errors="replace").strip()
