"""The empty choice of a field says in words that nothing is chosen, where the admin would draw a line of dashes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

NOTHING = _("Nothing chosen")


class EmptyChoiceAdmin(admin.ModelAdmin):
    empty_choices: dict[str, Any] = {}  # in words of their own, by the name of the field

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        words = self.empty_choices.get(db_field.name, NOTHING)
        if db_field.blank or not db_field.has_default():
            kwargs.setdefault("choices", db_field.get_choices(blank_choice=[("", words)]))
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("empty_label", self.empty_choices.get(db_field.name, NOTHING))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
