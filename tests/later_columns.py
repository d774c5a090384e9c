"""Columns that come, get another name, and go, in the table of each model of an app: migrations of a later version."""

from django.apps import apps
from django.db.migrations import AddField, RemoveField, RenameField
from django.db.migrations.operations.base import Operation
from django.db.models import CharField

# With a default in the database too: the code of today, which does not know the column, goes on writing rows.
COLUMN = CharField(max_length=20, default="unknown", db_default="unknown")


class InEveryTable(Operation):
    """One operation for each model, all between the same two states: to render the models for each takes a minute."""

    def __init__(self, app_label, operation):
        models = [model._meta.model_name for model in apps.get_app_config(app_label).get_models()]
        self.operations = {model: operation(model) for model in models}

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


def column_added(app_label):
    return InEveryTable(app_label, lambda model: AddField(model, "origin", COLUMN))


def column_renamed(app_label):
    return InEveryTable(app_label, lambda model: RenameField(model, "origin", "provenance"))


def column_removed(app_label):
    return InEveryTable(app_label, lambda model: RemoveField(model, "provenance"))
