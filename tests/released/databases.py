"""Databases as a released version left them: made by its migrations, filled with rows that its own code wrote."""

import json
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

MIGRATIONS = {"1.0": {"newsroom": "0001_initial", "articles": "0002_search"}}


def build(version):
    """Make the tables of this version in an empty database, and fill them. Returns its models, as the migrations say.

    Without what `migrate` does afterwards, which is today's code: the triggers, permissions and groups.
    """
    executor = MigrationExecutor(connection)
    ours = list(MIGRATIONS[version].items())
    others = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in MIGRATIONS[version]]
    models = executor.migrate(ours + others).apps
    lines = Path(__file__).with_name(f"version_{version.replace('.', '_')}.jsonl").read_text().splitlines()
    with transaction.atomic():
        for line in lines:
            _insert(models, json.loads(line))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models.get_models(include_auto_created=True)):
            cursor.execute(statement)
    return [model for app in MIGRATIONS[version] for model in _models_of(models, app)]


def _models_of(models, app):
    return models.get_app_config(app).get_models(include_auto_created=True)


def _insert(models, row):
    """Insert one row of `manage.py dumpdata`, whose own reader knows only today's models."""
    model = models.get_model(row["model"])
    values, many = {}, {}
    for name, value in row["fields"].items():
        field = model._meta.get_field(name)
        if field.many_to_many:
            many[name] = value
        else:
            values[field.attname] = (field.target_field if field.is_relation else field).to_python(value)
    instance = model(pk=model._meta.pk.to_python(row["pk"]), **values)
    instance.save_base(raw=True)
    for name, keys in many.items():
        getattr(instance, name).set(keys)


def rows(tables):
    """Return table → its rows, as dictionaries."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found
