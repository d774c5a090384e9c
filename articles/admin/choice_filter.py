"""A filter of a list on the desk that offers a few choices, each with a query of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

FilterChoices = dict[str, tuple[Any, Callable[[Any], Any]]]


class ChoiceFilter(admin.SimpleListFilter):
    choices_by_value: ClassVar[
        FilterChoices
    ]  # value in the address: what it is called, and what of a QuerySet it leaves

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, (label, _narrow) in self.choices_by_value.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return what is left by the choice; everything without one, or with one that does not exist."""
        _label, narrow = self.choices_by_value.get(self.value() or "", ("", None))
        return narrow(queryset) if narrow else queryset
