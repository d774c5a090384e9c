import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from articles.models import Article, ChangeLog, Tag
from articles.roles import EDITOR
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)
MIGRATED = ("django_content_type", "auth_permission", "auth_group", "auth_group_permissions")
# The thread of a server that a browser's test started may still write to others.
TABLES = (*MIGRATED, "articles_article", "articles_author", "articles_byline", "articles_tag", "newsroom_user")


def counts(tables):
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def flush():
    """Flush as Django does after a test that commits."""
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, allow_cascade=False)


def test_nothing_stays_but_what_migrate_creates():
    flush()
    before = counts(TABLES)
    assert all(before[table] for table in MIGRATED)
    cast.story(tags=["Mali"], authors=[cast.author()])
    Group.objects.get(name=EDITOR).permissions.clear()
    ContentType.objects.create(app_label="former", model="note")
    assert counts(TABLES) != before
    flush()
    assert counts(TABLES) == before


def test_what_migrate_would_create_is_there():
    flush()
    before = counts(MIGRATED)
    call_command("migrate", verbosity=0)
    assert counts(MIGRATED) == before
    assert Permission.objects.filter(group__name=EDITOR, codename="add_article").exists()


def test_triggers_and_foreign_keys_work_afterwards():
    flush()
    seen = ChangeLog.objects.changed_since("")[0]
    cast.story()
    assert ChangeLog.objects.changed_since(seen)[1]
    call_command("check", database=["default"])  # which misses no trigger
    assert Article.objects.count() == 1


@pytest.mark.only_on("postgresql")
def test_a_large_table_is_emptied_too():
    tags = [Tag(name=str(n), slug=str(n), key=str(n)) for n in range(15_000)]
    Tag.objects.bulk_create(tags, batch_size=1000)  # each within the time that a statement has
    assert size("articles_tag") > 1_000_000
    flush()
    assert (size("articles_tag"), Tag.objects.count()) == (0, 0)


def size(table):
    """Return the bytes of its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s)", [table])
        return cursor.fetchone()[0]
