"""The group of a role follows the code; what an operator changed in it stays."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from articles import roles
from articles.models import Role
from articles.roles import EDITOR, REPORTER, ROLES, TAG_STAFF, make_groups
from newsroom.settings import BASE_DIR

pytestmark = pytest.mark.django_db


def permissions_of(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def permission(codename):
    return Permission.objects.get(codename=codename)


def migrate():
    make_groups(apps.get_app_config("articles"))


def define(monkeypatch, **changes):
    """Change what the code says of these roles; None is a role that it has no longer."""
    changed = ROLES | {name.replace("_", " "): codenames for name, codenames in changes.items()}
    monkeypatch.setattr(
        roles, "ROLES", {name: codenames for name, codenames in changed.items() if codenames is not None}
    )


def test_migrate_makes_a_group_of_each_role_with_its_permissions():
    assert {name: permissions_of(name) for name in ROLES} == {name: set(codenames) for name, codenames in ROLES.items()}


def test_every_permission_that_is_asked_for_exists():
    """A misspelled permission would be refused to everybody but superusers."""
    asked = re.compile(r"""(?:has_perm|_require)\(\s*["']articles\.(\w+)["']|\bperms\.articles\.(\w+)""")
    files = [*(BASE_DIR / "articles").rglob("*.py"), *(BASE_DIR / "templates").rglob("*.html")]
    names = {"".join(found) for file in files for found in asked.findall(file.read_text())}
    assert "publish_article" in names
    assert names - set(Permission.objects.values_list("codename", flat=True)) == set()


def test_a_permission_that_leaves_a_role_leaves_its_group(monkeypatch):
    define(monkeypatch, Reporter=["view_article"])
    migrate()
    assert permissions_of(REPORTER) == {"view_article"}


def test_a_permission_that_comes_into_a_role_comes_into_its_group(monkeypatch):
    define(monkeypatch, Reporter=[*ROLES[REPORTER], "merge_tag"])
    migrate()
    assert permissions_of(REPORTER) == {*ROLES[REPORTER], "merge_tag"}


def test_another_role_keeps_a_permission_that_leaves_one(monkeypatch):
    define(monkeypatch, Editor=[name for name in ROLES[EDITOR] if name != "retag_article"])
    migrate()
    assert "retag_article" not in permissions_of(EDITOR)
    assert permissions_of(TAG_STAFF) == set(ROLES[TAG_STAFF])


def test_what_an_operator_added_stays(monkeypatch):
    Group.objects.get(name=REPORTER).permissions.add(permission("merge_tag"), permission("add_user"))
    define(monkeypatch, Reporter=["view_article"])
    migrate()
    assert permissions_of(REPORTER) == {"view_article", "merge_tag", "add_user"}


def test_what_an_operator_added_before_the_role_had_it_stays_when_the_role_loses_it(monkeypatch):
    Group.objects.get(name=REPORTER).permissions.add(permission("merge_tag"))
    define(monkeypatch, Reporter=[*ROLES[REPORTER], "merge_tag"])
    migrate()
    define(monkeypatch, Reporter=ROLES[REPORTER])
    migrate()
    assert "merge_tag" in permissions_of(REPORTER)


def test_what_an_operator_took_away_is_not_given_again():
    Group.objects.get(name=REPORTER).permissions.remove(permission("add_image"))
    migrate()
    assert permissions_of(REPORTER) == set(ROLES[REPORTER]) - {"add_image"}


def test_what_leaves_a_role_and_comes_back_is_given_again(monkeypatch):
    define(monkeypatch, Reporter=["view_article"])
    migrate()
    define(monkeypatch, Reporter=ROLES[REPORTER])
    migrate()
    assert permissions_of(REPORTER) == set(ROLES[REPORTER])


def test_a_group_that_an_operator_renamed_is_still_the_roles(monkeypatch):
    Group.objects.filter(name=REPORTER).update(name="Journalists")
    define(monkeypatch, Reporter=["view_article"])
    migrate()
    assert permissions_of("Journalists") == {"view_article"}
    assert not Group.objects.filter(name=REPORTER).exists()


def test_a_group_that_an_operator_deleted_is_made_again():
    Group.objects.filter(name=REPORTER).delete()
    migrate()
    assert permissions_of(REPORTER) == set(ROLES[REPORTER])


def test_a_role_that_is_no_longer_defined_leaves_its_group_with_what_an_operator_added(monkeypatch):
    Group.objects.get(name=REPORTER).permissions.add(permission("merge_tag"))
    define(monkeypatch, Reporter=None)
    migrate()
    assert permissions_of(REPORTER) == {"merge_tag"}
    assert not Role.objects.filter(pk=REPORTER).exists()


def test_a_permission_that_is_not_in_the_database_stops_nothing(monkeypatch):
    define(monkeypatch, Reporter=["view_article", "no_such_permission"])
    migrate()
    assert permissions_of(REPORTER) == {"view_article"}


def test_a_second_migrate_writes_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as queries:
        migrate()
    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_nothing_is_done_before_the_table_of_roles_is_there(monkeypatch):
    Group.objects.all().delete()
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["django_content_type"])
    migrate()
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_flush_leaves_the_groups_as_a_new_newsroom_has_them():
    Group.objects.get(name=REPORTER).permissions.add(permission("merge_tag"))
    call_command("flush", interactive=False, verbosity=0)
    assert permissions_of(REPORTER) == set(ROLES[REPORTER])
