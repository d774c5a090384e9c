"""Columns that come, get another name, and go, in the table of each model."""

import pkgutil

from django.apps import apps
from django.db.migrations import AddField, RemoveField, RenameField
from django.db.migrations.operations.base import Operation
from django.db.models import CharField

import articles.migrations

TODAY = max(module.name for module in pkgutil.iter_modules(articles.migrations.__path__))
MODELS = [model._meta.model_name for model in apps.get_app_config("articles").get_models()]


class InEveryTable(Operation):
    """One operation for each model, all between the same two states: to render the models for each takes a minute."""

    def __init__(self, operation):
        self.operations = {model: operation(model) for model in MODELS}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered once more when it is asked for
        for operation in self.operations.values():
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._change("database_forwards", app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._change("database_backwards", app_label, schema_editor, from_state, to_state)

    def _change(self, direction, *arguments):
        for model, operation in self.operations.items():
            try:
                getattr(operation, direction)(*arguments)
            except Exception as error:
                error.add_note(f"The table of {model} cannot be changed.")
                raise


# With a default in the database too: the code of today, which does not know the column, goes on writing rows.
COLUMN = CharField(max_length=20, default="unknown", db_default="unknown")
ADDED = InEveryTable(lambda model: AddField(model, "origin", COLUMN))
RENAMED = InEveryTable(lambda model: RenameField(model, "origin", "provenance"))
REMOVED = InEveryTable(lambda model: RemoveField(model, "provenance"))
