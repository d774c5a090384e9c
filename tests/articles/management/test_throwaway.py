import tempfile
import threading
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.db.transaction import TransactionManagementError

from articles.management.throwaway import throwaway_database
from articles.models import Tag
from articles.roles import TAG_STAFF


def databases():
    if connection.vendor == "sqlite":
        return sorted(Path(tempfile.gettempdir()).glob("newsroom-throwaway-*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'throwaway%' ORDER BY datname")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_it_is_empty_and_migrated_and_the_configured_one_stays_as_it_was():
    Tag.objects.named("Mali")
    with throwaway_database():
        assert not Tag.objects.exists()
        assert Group.objects.filter(name=TAG_STAFF).exists()
        Tag.objects.named("Bénin")
    assert [tag.name for tag in Tag.objects.all()] == ["Mali"]


@pytest.mark.django_db(transaction=True)
def test_other_threads_work_on_it_too():
    def write():
        Tag.objects.named("Bénin")
        connection.close()

    with throwaway_database():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        assert Tag.objects.get().name == "Bénin"
    assert not Tag.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_cached_inside_stays_inside():
    with throwaway_database():
        cache.set("page", "throwaway")
    assert cache.get("page") is None


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_even_when_it_is_interrupted():
    before, during = databases(), []

    def interrupted():
        during.extend(databases())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), throwaway_database():
        interrupted()
    assert len(during) == len(before) + 1
    assert databases() == before


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_when_its_tables_cannot_be_made(monkeypatch):
    def fails(*args, **options):
        raise KeyboardInterrupt

    before = databases()
    monkeypatch.setattr("articles.management.throwaway.call_command", fails)
    with pytest.raises(KeyboardInterrupt), throwaway_database():
        pass
    assert databases() == before


@pytest.mark.django_db
def test_it_is_refused_inside_a_transaction():
    with pytest.raises(TransactionManagementError), throwaway_database():
        pass
