"""Triggers of any table are found by the beginning of their name, with what they do, and dropped by their name."""

import pytest
from django.db import connection

from articles.sql.triggers import (
    Trigger,
    any_differs,
    columns_of_table,
    create_triggers,
    drop_named_triggers,
    triggers_in_place,
)

pytestmark = pytest.mark.django_db
SQL = {
    "sqlite": "CREATE TRIGGER pantry_count AFTER INSERT ON django_content_type BEGIN SELECT 1; END",
    "postgresql": """CREATE FUNCTION pantry_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
        CREATE TRIGGER pantry_count AFTER INSERT ON django_content_type
        FOR EACH ROW EXECUTE FUNCTION pantry_count()""",
}


def pantry_count():
    return Trigger("pantry_count", "django_content_type", SQL[connection.vendor])


def test_a_created_one_is_in_place_until_it_is_dropped():
    assert not pantry_count().is_among(triggers_in_place("pantry_"))
    create_triggers([pantry_count()])
    assert pantry_count().is_among(triggers_in_place("pantry_"))
    drop_named_triggers(["pantry_count"])
    assert triggers_in_place("pantry_") == {}


def test_one_of_another_definition_is_not_it():
    create_triggers([pantry_count()])
    other = pantry_count()._replace(sql="CREATE TRIGGER pantry_count AFTER DELETE")
    assert not other.is_among(triggers_in_place("pantry_"))


def test_columns_are_those_of_the_database():
    assert columns_of_table("django_content_type") == ["id", "app_label", "model"]
    assert columns_of_table("no_such_table") == []


@pytest.mark.parametrize(
    ("old", "new", "differs"), [("1", "1", False), ("1", "2", True), ("CAST(NULL AS integer)", "2", True)]
)
def test_an_update_differs_in_any_of_the_columns(old, new, differs):
    with connection.cursor() as cursor:
        rows = f"(SELECT 5 AS a, {old} AS b) AS old, (SELECT 5 AS a, {new} AS b) AS new"
        cursor.execute(f"SELECT {any_differs(['a', 'b'])} FROM {rows}")  # noqa: S608
        assert bool(cursor.fetchone()[0]) is differs
