import threading
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection

from articles.models import Tag
from articles.roles import TAG_STAFF
from tests.simulations.throwaway import throwaway_database


def exists(name):
    """Return whether this database exists; others may belong to tests that run beside this one."""
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() == (1,)


@pytest.fixture
def _one_table(monkeypatch):
    """Create a single table instead of all, because these tests need not wait for migrations."""
    monkeypatch.setattr("tests.simulations.throwaway.migrate", lambda: execute("CREATE TABLE notes (text varchar(20))"))


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_it_is_empty_and_migrated_and_the_configured_one_stays_as_it_was():
    Tag.objects.create_named("Mali")
    with throwaway_database():
        assert not Tag.objects.exists()
        assert Group.objects.filter(name=TAG_STAFF).exists()
        Tag.objects.create_named("Bénin")
    assert [tag.name for tag in Tag.objects.all()] == ["Mali"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_one_table")
def test_other_threads_work_on_it_too():
    def write():
        execute("CREATE TABLE more_notes (text varchar(20))")
        connection.close()

    with throwaway_database():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        assert connection.introspection.table_names() == ["more_notes", "notes"]
    assert "more_notes" not in connection.introspection.table_names()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_one_table")
def test_what_is_cached_inside_stays_inside():
    with throwaway_database():
        cache.set("page", "throwaway")
    assert cache.get("page") is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_one_table")
def test_nothing_is_left_even_when_it_is_interrupted():
    names = []

    def interrupted():
        names.append(connection.settings_dict["NAME"])
        assert exists(*names)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), throwaway_database():
        interrupted()
    assert not exists(*names)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_when_its_tables_cannot_be_made(monkeypatch):
    names = []

    def fails(*args, **options):
        names.append(connection.settings_dict["NAME"])
        raise KeyboardInterrupt

    monkeypatch.setattr("tests.simulations.throwaway.migrate", fails)
    with pytest.raises(KeyboardInterrupt), throwaway_database():
        pass
    assert not exists(*names)
