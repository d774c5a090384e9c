import sqlite3
from contextlib import closing

import pytest

from newsroom.backup import BackupError, sqlite
from tests.articles import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("sqlite")]


def test_a_copy_is_one_file(tmp_path):
    cast.story()
    sqlite.copy_database(tmp_path / sqlite.FILE)
    assert [path.name for path in tmp_path.glob("newsroom*")] == [sqlite.FILE]


def test_a_copy_with_a_row_that_points_nowhere_is_damaged(tmp_path):
    cast.story()
    sqlite.copy_database(path := tmp_path / sqlite.FILE)
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute("DELETE FROM articles_section")
    with pytest.raises(BackupError, match="rows are missing"):
        sqlite.check_database(path)


def test_what_is_no_database_is_damaged(tmp_path):
    (path := tmp_path / sqlite.FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(BackupError, match="damaged"):
        sqlite.check_database(path)


def test_a_database_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "live_file", lambda: tmp_path / "nowhere.sqlite3")
    with pytest.raises(BackupError, match="There is no database"):
        sqlite.copy_database(tmp_path / sqlite.FILE)
    assert sqlite.count_rows() == {}


def test_a_connection_that_is_open_meanwhile_sees_the_restored_database(tmp_path):
    sqlite.copy_database(path := tmp_path / sqlite.FILE)
    rows = sqlite.check_database(path)
    with closing(sqlite3.connect(sqlite.live_file())) as reader:
        cast.section()
        assert reader.execute("SELECT COUNT(*) FROM articles_section").fetchone() == (1,)
        sqlite.restore_database(path, rows)
        assert reader.execute("SELECT COUNT(*) FROM articles_section").fetchone() == (0,)
