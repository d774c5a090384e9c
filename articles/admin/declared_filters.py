"""A list narrows down by the filters that it shows, and by no other field.

Django's admin takes any field of a model from the address: anybody who may see a list could ask it, one guess after the
other, for what its columns hide, such as whose login an author has. It also takes values that no database can compare.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from articles.admin.empty_choices import EmptyChoiceAdmin
from articles.admin.fields.moments import YEARS_TO_CHOOSE
from articles.admin.form_page import FormPageAdmin
from articles.admin.list_page import ListPageAdmin


class DeclaredFiltersAdmin(EmptyChoiceAdmin, FormPageAdmin, ListPageAdmin):
    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        filters = self.get_list_filter(request)
        own = {one.parameter_name for one in filters if isinstance(one, type) and issubclass(one, SimpleListFilter)}
        if lookup in own:
            return True
        names = (one[0] if isinstance(one, tuple) else one for one in filters)  # a field, maybe with a filter for it
        for name in names:
            if isinstance(name, str) and lookup in _parameters(field := self.opts.get_field(name)):
                _require_comparable(field, lookup, value)
                return super().lookup_allowed(lookup, value, request)
        return False


def _parameters(field: Any) -> set[str]:
    """Return the parameters that the admin's own filters of this field use."""
    if field.is_relation:
        return {f"{field.name}__{field.target_field.name}__exact", f"{field.name}__isnull"}
    ends = ["gte", "lt"] if isinstance(field, models.DateField) else ["exact"]
    return {f"{field.name}__{end}" for end in [*ends, "isnull"]}


def _require_comparable(field: Any, lookup: str, value: Any) -> None:
    """Raise IncorrectLookupParameters, which leads back to the whole list."""
    if not isinstance(field, models.DateField) or lookup.endswith("__isnull"):
        return
    try:
        moment = field.to_python(value)
    except ValidationError as error:
        raise IncorrectLookupParameters(error) from error
    if moment is None or moment.year not in YEARS_TO_CHOOSE:
        raise IncorrectLookupParameters(f"no date: {value}")
