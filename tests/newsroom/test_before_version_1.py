"""A database from before version 1.0 is refused in one sentence, and nothing in it changes."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.recorder import MigrationRecorder

from newsroom import checks
from newsroom.backup.schema import applied_migrations, known_migrations
from newsroom.before_version_1 import predates_version_1

pytestmark = pytest.mark.django_db

# As the last version before 1.0 recorded them, those of Django's own apps aside.
FORMER = [
    ("newsroom", "0001_failed_sign_ins"),
    *(
        ("articles", name)
        for name in [
            "0001_initial",
            "0002_search",
            "0003_publishing",
            "0004_outbox_shares_looks",
            "0005_revision_pointers",
            "0006_autosave",
            "0007_presence",
            "0008_forms_and_presence",
            "0009_tag_changes",
            "0010_retagging",
            "0011_tag_uses",
            "0012_tags_apart",
            "0013_relatives",
            "0014_edition",
            "0015_faster_inserts",
            "0016_stuck_changes",
            "0017_merged_tags",
            "0018_follow_ups",
            "0019_image_proposals",
            "0020_search_by_time",
            "0021_stored_content",
            "0022_telling_weights",
            "0023_form_browsers",
        ]
    ),
]


@pytest.fixture
def former_database():
    """Write the history of migrations as a former version left it."""
    rows = MigrationRecorder(connection).migration_qs
    rows.filter(app__in=("articles", "newsroom")).delete()
    rows.bulk_create([MigrationRecorder.Migration(app=app, name=name) for app, name in FORMER])


def state():
    with connection.cursor() as cursor:
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
    return tables, set(MigrationRecorder(connection).applied_migrations())


def test_it_is_not_migrated(former_database):
    before = state()
    with pytest.raises(SystemCheckError, match="made before version 1.0 of the newsroom, and cannot be migrated"):
        call_command("migrate", verbosity=0, skip_checks=False)
    assert state() == before


def test_it_is_not_migrated_where_checks_are_left_out_either(former_database):
    before = state()
    with pytest.raises(InconsistentMigrationHistory):
        call_command("migrate", verbosity=0)
    assert state() == before


def test_a_start_of_the_server_refuses_it_too(former_database):
    """`make prepare` runs this before the server starts."""
    with pytest.raises(CommandError, match="made before version 1.0"):
        call_command("check", databases=["default"])


def test_a_database_of_this_version_is_migrated():
    assert checks.database_is_of_version_1(["default"]) == []
    call_command("migrate", verbosity=0, skip_checks=False)


def test_the_database_is_not_asked_where_no_command_allows_it(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert checks.database_is_of_version_1() == []


@pytest.mark.parametrize("migrations", [[], ["articles.0001_initial", "articles.0002_search"]])
def test_a_new_database_and_one_of_version_1_are_taken(migrations):
    assert not predates_version_1(migrations)


def test_no_migration_since_has_the_name_of_a_former_one():
    assert not predates_version_1(known_migrations())
    assert not predates_version_1(applied_migrations())
