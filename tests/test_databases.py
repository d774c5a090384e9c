import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.models import Tag
from tests import databases
from tests.simulations.throwaway import throwaway_database


def unapplied():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_a_copy_is_migrated_and_has_none_of_the_rows_of_tests(capsys):
    Tag.objects.create_named("Mali")
    with throwaway_database():
        assert unapplied() == []
        assert not Tag.objects.exists()
        call_command("check", database=["default"])  # which misses no trigger
    assert [tag.name for tag in Tag.objects.all()] == ["Mali"]


@pytest.mark.django_db(transaction=True)
def test_without_a_template_it_is_migrated(monkeypatch):
    migrated = []
    monkeypatch.setattr(databases, "_templates", [])
    monkeypatch.setattr(databases, "call_command", lambda name, **_options: migrated.append(name))
    with throwaway_database():
        assert migrated == ["migrate"]
