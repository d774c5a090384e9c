"""The database has its triggers whatever a migration or an operator did to its tables."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection, migrations

from articles import triggers
from articles.models import Article, ChangeLog
from articles.search import search
from articles.sql.triggers import columns_of_table, triggers_in_place
from articles.triggers import SEARCH, all_triggers, create_missing_triggers, drop_triggers, missing_triggers
from tests.articles import cast

pytestmark = pytest.mark.django_db
PLAN = [(migrations.Migration("0002", "articles"), False)]


@pytest.fixture
def story():
    return cast.story("Le barrage")


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "command", [["migrate", "--run-syncdb"], ["sqlmigrate", "articles", "0001"], ["flush", "--no-input"]], ids=" ".join
)
def test_other_commands_leave_them(command, capsys):
    call_command(*command)
    assert missing_triggers() == []


def test_pages_stored_meanwhile_are_rendered_again():
    seen = ChangeLog.objects.changed_since("")[0]
    drop(all_triggers()[-1])
    create_missing_triggers()
    if connection.vendor == "sqlite":  # on PostgreSQL, a transaction sees its own changes when it has ended
        assert ChangeLog.objects.changed_since(seen)[1] is None
    else:
        assert ChangeLog.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pages_are_rendered_again_after_a_flush():
    seen = ChangeLog.objects.changed_since("")[0]
    call_command("flush", "--no-input", verbosity=0)
    assert ChangeLog.objects.changed_since(seen)[1] is None


def test_nothing_is_written_when_none_is_missing():
    ChangeLog.objects.add_everything()
    before = ChangeLog.objects.count()
    create_missing_triggers()
    assert ChangeLog.objects.count() == before


@pytest.mark.only_on("postgresql")
def test_a_disabled_one_is_missed():
    trigger = all_triggers()[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {trigger.table} DISABLE TRIGGER {trigger.name}")
    assert missing_triggers() == [trigger.name]


@pytest.mark.parametrize("plan", [[], [(migrations.Migration("0002", "auth"), False)]])
def test_they_stay_where_no_table_of_the_newsroom_changes(plan):
    drop_triggers(plan=plan)
    assert missing_triggers() == []


@pytest.mark.parametrize("is_backwards", [False, True])
def test_all_are_dropped_before_tables_change_but_those_of_the_search_on_sqlite(is_backwards):
    drop_triggers(plan=[(PLAN[0][0], is_backwards)])
    stay = {trigger.name for trigger in all_triggers() if trigger.table == SEARCH and connection.vendor == "sqlite"}
    assert set(missing_triggers()) == {trigger.name for trigger in all_triggers()} - stay


@pytest.mark.parametrize("twice", [create_missing_triggers, lambda: drop_triggers(plan=PLAN)])
def test_both_may_be_done_twice(twice):
    drop_triggers(plan=PLAN)
    twice()
    twice()
    create_missing_triggers()
    assert missing_triggers() == []


def test_one_of_another_version_is_dropped_by_migrate():
    with connection.cursor() as cursor:
        cursor.execute(all_triggers()[-1].sql.replace(all_triggers()[-1].name, "articles_former"))
    create_missing_triggers()
    assert triggers_in_place("articles_former") == {}


def test_one_that_another_version_has_otherwise_is_created_again(monkeypatch):
    rule, *others = triggers.TRIGGER_RULES
    monkeypatch.setattr(triggers, "TRIGGER_RULES", (replace(rule, ignored=rule.ignored - {"version"}), *others))
    assert missing_triggers() == ["articles_changes_page_update"]
    create_missing_triggers()
    assert missing_triggers() == []


def test_each_column_whose_change_is_ignored_is_there():
    assert [rule.name for rule in triggers.TRIGGER_RULES if not rule.ignored <= set(columns_of_table(rule.table))] == []


def test_search_knows_what_was_saved_and_deleted_while_its_triggers_were_missing():
    deleted, kept = cast.story("Le cacao monte"), cast.story("Le cacao baisse")
    for trigger in all_triggers():
        if trigger.table == SEARCH:
            drop(trigger)
    deleted.delete()
    new = cast.story("Encore du cacao")
    create_missing_triggers()
    assert {hit.story for hit in search("cacao", language="en").hits} == {kept, new}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_search(articles_search, rank) VALUES ('integrity-check', 1)")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps no plan")
def test_the_log_is_never_read_from_end_to_end(story):
    """A session plans it while the log is known to be short, and keeps the plan while an import fills the log."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_changelog")

        def scans():
            cursor.execute(
                "SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'articles_changelog'"
            )
            return cursor.fetchone()

        whole, by_index = scans()
        for headline in ("Soubré", "Lomé"):
            Article.objects.filter(pk=story.pk).update(headline=headline)
        assert scans()[0] == whole
        assert scans()[1] > by_index
