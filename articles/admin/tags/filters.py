"""The filters of the list of tags, for those that need attention."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.tags.pairs import look_alike_pairs


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", gettext("Unused")), ("once", gettext("Used once"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "none":
                return queryset.unused()
            case "once":
                return queryset.used_once()
        return queryset


class AlikeFilter(admin.SimpleListFilter):
    title = _("look-alikes")
    parameter_name = "alike"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", gettext("Similar to another"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        return queryset.filter(pk__in={pk for pair in look_alike_pairs() for pk in pair})


class DescriptionFilter(admin.SimpleListFilter):
    title = _("description")
    parameter_name = "described"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", gettext("Without description")), ("yes", gettext("With description"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "no":
                return queryset.undescribed()
            case "yes":
                return queryset.exclude(description="")
        return queryset
