"""How the content of a story, and the text of its form, are stored for later: with the number of their shape.

Code that reads such a column gets today's shape, because the column itself converts it. A field of a story that is new
or gone needs nothing here: what a content lacks is as in the story itself (`content.fill_missing_fields`). A field that
is renamed, or holds its value in another form, needs another Step in STEPS, which stays there for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db import models

from articles.models.content import Content, is_text, valid_fields

SHAPE = "shape"  # the name under which the number stands among the fields


@dataclass(frozen=True)
class ShapeStep:
    """Two functions that bring what was stored in one shape to the next; each is given whatever a JSON object holds.

    `typed` does to the values of a form, which are lists of texts, what `content` does to those of a content.
    """

    content: Callable[[dict[str, Any]], dict[str, Any]]
    typed: Callable[[dict[str, Any]], dict[str, Any]]


STEPS: list[ShapeStep] = []


def current_shape() -> int:
    return len(STEPS) + 1


class WholeJSON(models.JSONField):
    """A JSON object that is read whole: Python makes of it what it means today, the database does not know that."""

    def deconstruct(self) -> Any:
        """Show migrations the JSON as it is stored."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_transform(self, name: str) -> NoReturn:
        """Refuse a query of one key: it would compare or return what the row says, in the shape of its own time.

        No FieldError, of which Django hides the message.
        """
        column = f"{self.model.__name__}.{self.name}"
        raise TypeError(f"{column} is read whole, no query sees its key “{name}”: read the column and look into it.")


class _StoredField(WholeJSON):
    """A JSON object with the number of its shape, which stands in the database and in a dump alone."""

    def get_prep_value(self, value: Any) -> Any:
        """Add the number of the current shape, unless the value has one: a dump of an older version keeps its own."""
        value = super().get_prep_value(value)
        return {SHAPE: current_shape(), **value} if isinstance(value, dict) else value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.get_prep_value(self.value_from_object(obj))


class StoredContent(_StoredField):
    """Read as a Content without the fields that it lacks, or that have a value which they cannot have."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Content:
        stored = super().from_db_value(value, expression, connection)
        return valid_fields(_upgrade(stored, [step.content for step in STEPS]))


class StoredForm(_StoredField):
    """Read as field → the values that its inputs hold, as a browser sends them."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> dict[str, list[str]]:
        stored = super().from_db_value(value, expression, connection)
        typed = _upgrade(stored, [step.typed for step in STEPS])
        return {
            name: values for name, values in typed.items() if isinstance(values, list) and all(map(is_text, values))
        }


def _upgrade(stored: Any, steps: list[Callable[[dict[str, Any]], dict[str, Any]]]) -> dict[str, Any]:
    """Return a JSON object in today's shape; {} for what is none. One of a later version stays as it is."""
    if not isinstance(stored, dict):
        return {}
    shape = stored.get(SHAPE, 1)
    for step in steps[shape - 1 :] if type(shape) is int and shape > 0 else ():  # True is an int too
        stored = step(stored)
    return {name: value for name, value in stored.items() if name != SHAPE}
