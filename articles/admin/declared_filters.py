"""A list narrows down by the filters that it shows, and by no other field.

Django's admin takes any field of a model from the address: whoever may see a list could ask it, one guess after the
other, for what its columns hide, such as whose login an author has.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.http import HttpRequest


class DeclaredFiltersAdmin(admin.ModelAdmin):
    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        filters = self.get_list_filter(request)
        fields = {one for one in filters if isinstance(one, str)}
        own = {one.parameter_name for one in filters if isinstance(one, type) and issubclass(one, SimpleListFilter)}
        if lookup in own:
            return True
        return lookup.partition("__")[0] in fields and super().lookup_allowed(lookup, value, request)
