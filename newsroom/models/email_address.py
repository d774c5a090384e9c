"""An e-mail address that is compared without regard to case, whatever code writes it or looks for it."""

from __future__ import annotations

from typing import Any

from django.db import models


class EmailAddressField(models.EmailField):
    """A field that stores lower case, and NULL for an empty text, so that many rows of a unique column may be empty.

    In Python, because the databases do not agree about LOWER: SQLite's knows the letters of ASCII only.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"null": True, "blank": True, "unique": True} | options)

    def to_python(self, value: Any) -> Any:
        return _normalized(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _normalized(super().get_prep_value(value))

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """Give the instance the address as it is stored."""
        value = _normalized(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value


def _normalized(value: Any) -> Any:
    """Return the address in lower case, None for an empty one.

    >>> _normalized(" Awa@Example.ORG ")
    'awa@example.org'
    >>> _normalized("")
    """
    return value.strip().lower() or None if isinstance(value, str) else value
