"""The filters of the list of stories that concern languages: which one it is in, and what is left to translate."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.languages import language_name

CHANGED = "changed"
WITHOUT = "without-"  # before the code of a language


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, language_name(code)) for code, _name in settings.LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_language(self.value()) if self.value() else queryset


class TranslationFilter(admin.SimpleListFilter):
    """Stories that a language lacks, and translations whose original has changed since."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = [code for code, _name in settings.LANGUAGES]
        if len(codes) < 2:
            return []
        missing = gettext("Not yet in another language: %(language)s")
        rows = [(f"{WITHOUT}{code}", missing % {"language": language_name(code)}) for code in codes]
        return [*rows, (CHANGED, gettext("The original changed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value() or ""
        if value == CHANGED:
            return queryset.with_changed_original()
        return queryset.missing_in(value.removeprefix(WITHOUT)) if value.startswith(WITHOUT) else queryset
