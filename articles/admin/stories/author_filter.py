"""The filter of authors in the list of stories: one of them, found by name, or all who have a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.chooser_words import digits_in
from articles.models import Author

MAX_AUTHORS_FOUND = 20  # authors of one name


class AuthorFilter(admin.SimpleListFilter):
    """The value is an author's id, or a name as it is typed where no script suggests authors."""

    title = _("author")
    parameter_name = "author"
    template = "admin/articles/article/author_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        text = self.typed
        self.authors = find_authors(text)
        return [(self.value() or "", self._describe(text))] if text else []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.signed_by(self.authors) if self.typed else queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield everything, and what is chosen; the form beside them keeps the other filters."""
        others = changelist.filter_params.items()
        left_out = (self.parameter_name, PAGE_VAR, ERROR_FLAG)
        self.kept = [(name, value) for name, values in others if name not in left_out for value in values]
        return super().choices(changelist)

    @property
    def typed(self) -> str:
        return " ".join((self.value() or "").replace("\0", " ").split())

    def _describe(self, text: str) -> str:
        if self.authors:
            return ", ".join(map(str, self.authors))
        return gettext("An author who no longer exists") if text.isdecimal() else text


def find_authors(text: str) -> list[Author]:
    """Return the author with this id, or those with this name; none for no text."""
    if not text:
        return []
    found = Author.objects.filter(pk__in=digits_in(text)) if text.isdecimal() else Author.objects.named(text)
    return list(found[:MAX_AUTHORS_FOUND])
