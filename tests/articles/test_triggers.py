"""The database has its triggers whatever a migration or an operator did to its tables."""

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from articles.models import Article, Edition
from articles.triggers import EDITION, all_triggers, create_missing_triggers, drop_edition_triggers, missing_triggers
from tests.articles import cast

pytestmark = pytest.mark.django_db
PLAN = [(object(), False)]  # one migration, forwards
BACKWARDS = [(object(), True)]
EDITION_TRIGGERS = {trigger.name for trigger in all_triggers() if trigger.name.startswith(EDITION)}


def drop(trigger):
    with connection.cursor() as cursor:
        on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {trigger.name}{on}")


def test_a_migrated_database_has_them_all():
    assert missing_triggers() == []


@pytest.mark.parametrize("place", [0, -1])
def test_a_dropped_one_is_missed_and_created_by_migrate(place):
    drop(trigger := all_triggers()[place])
    assert missing_triggers() == [trigger.name]
    call_command("migrate", verbosity=0)
    assert missing_triggers() == []


def test_pages_stored_meanwhile_are_rendered_again():
    seen = Edition.objects.since("")[0]
    drop(all_triggers()[-1])
    create_missing_triggers()
    if connection.vendor == "sqlite":  # on PostgreSQL, a transaction sees its own turn when it has ended
        assert Edition.objects.since(seen)[1]
    else:
        assert Edition.objects.exists()


def test_nothing_turns_when_none_is_missing(django_assert_num_queries):
    with django_assert_num_queries(2):
        create_missing_triggers()


@pytest.mark.only_on("postgresql")
def test_a_disabled_one_is_missed():
    trigger = all_triggers()[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {trigger.table} DISABLE TRIGGER {trigger.name}")
    assert missing_triggers() == [trigger.name]


def test_migrate_without_changes_leaves_them_alone():
    drop_edition_triggers(plan=[])
    assert missing_triggers() == []


@pytest.mark.parametrize("plan", [PLAN, BACKWARDS])
def test_only_those_of_the_edition_stand_in_the_way_of_changes(plan):
    drop_edition_triggers(plan=plan)
    is_dropped = connection.vendor == "sqlite" or plan is BACKWARDS
    assert set(missing_triggers()) == (EDITION_TRIGGERS if is_dropped else set())


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_a_table_that_sqlite_rebuilds_keeps_its_rows_and_its_triggers():
    story = cast.story()
    state = ProjectState()
    for model in Article._meta.apps.get_models():
        state.add_model(ModelState.from_model(model))
    widen = migrations.AlterField("article", "kicker", models.CharField(max_length=200, null=True))
    back = migrations.AlterField("article", "kicker", Article._meta.get_field("kicker").clone())
    drop_edition_triggers(plan=PLAN)
    for operation in (widen, back):
        after = state.clone()
        operation.state_forwards("articles", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("articles", editor, state, after)
        state = after
    create_missing_triggers()
    assert missing_triggers() == []
    assert Article.objects.get() == story
