import os
import stat

import pytest
from django.db import connection

from articles.models import Article
from newsroom.backup import BackupError, postgresql
from tests.articles import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]

PASSWORD = "canary-of-the-password"
SPY = """#!/bin/sh
echo "$0 $@" >> "{log}"
[ "$PGPASSWORD" = "{password}" ] && echo "password in the environment" >> "{log}"
echo "no such host" >&2
exit 1
"""


@pytest.fixture
def copy(tmp_path):
    postgresql.copy_database(path := tmp_path / postgresql.FILE)
    return path


@pytest.fixture
def spied(tmp_path, monkeypatch):
    """Replace PostgreSQL's programs by some that note how they are called, with a password that nobody asks for."""
    log = tmp_path / "log"
    for name in ("pg_dump", "pg_restore", "psql"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(SPY.format(log=log, password=PASSWORD))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", PASSWORD)
    connection.close()
    yield log
    connection.close()


def test_the_password_is_never_an_argument(spied, tmp_path):
    for act in (
        lambda: postgresql.copy_database(tmp_path / "dump"),
        lambda: postgresql.check_database(tmp_path / "dump"),
        lambda: postgresql.restore_database(tmp_path / "dump", {}),
    ):
        with pytest.raises(BackupError, match="no such host") as refusal:
            act()
        assert PASSWORD not in str(refusal.value)
    said = spied.read_text()
    for name in ("pg_dump", "pg_restore", "psql"):
        assert f"/{name} " in said
    assert PASSWORD not in said
    assert "password in the environment" in said


def test_a_program_that_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is not installed"):
        postgresql.copy_database(tmp_path / "dump")


def test_a_restoration_that_lacks_rows_leaves_what_was_there(copy):
    story = cast.story()
    with pytest.raises(BackupError, match="was not restored"):
        postgresql.restore_database(copy, {"articles_article": 3})
    assert Article.objects.get() == story


def test_a_dump_that_ends_too_early_leaves_what_was_there(copy):
    rows = postgresql.check_database(copy)
    story = cast.story()
    copy.write_bytes(copy.read_bytes()[:-2000])
    with pytest.raises(BackupError):
        postgresql.restore_database(copy, rows)
    assert Article.objects.get() == story


def test_a_table_that_came_after_the_backup_is_gone_after_its_restoration(copy):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE articles_later (id integer)")
    postgresql.restore_database(copy, postgresql.check_database(copy))
    assert "articles_later" not in connection.introspection.table_names()
