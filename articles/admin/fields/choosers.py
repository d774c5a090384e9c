"""Ordered search-as-you-type: rows of a model as a flat field of a form. The modules beside this one say which rows.

The form holds a plain text box with a comma list, which works by itself; static/desk/choosers.js puts the admin's
Select2 in its place. Either way one list of words arrives, in the order that the editor chose. What was typed there and
not chosen from the list arrives too, marked: it counts when it is an exact name, and is refused otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.admin.fields.chooser_words import (
    ID_WORD,
    NEW_PREFIX,
    PROPOSED_PREFIX,
    TYPED_PREFIX,
    readable_part,
    shorten_word,
    split_words,
)
from articles.characters import without_junk
from articles.slugs import tag_key

MAX_CHOICES = 50  # things in one field
MAX_WORDS_CHOSEN = 4 * MAX_CHOICES  # words that are looked at: more than fit, which the field then says

Noun = TypeVar("Noun", bound=Model)


@dataclass(frozen=True)
class ShownChoice:
    """A choice as the form shows it."""

    word: str  # what Select2 posts
    label: str
    text: str  # what the plain text box holds


class ChooserInput(forms.TextInput):
    """Render the field; `suggestions` is the URL that answers what is typed."""

    def __init__(self, suggestions: str | Promise, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "vTextField", "autocomplete": "off"} | (attrs or {}))
        self.suggestions = suggestions

    class Media:
        css = {"screen": ["admin/css/vendor/select2/select2.css", "admin/css/autocomplete.css"]}
        js = [
            "admin/js/vendor/jquery/jquery.min.js",
            "admin/js/vendor/select2/select2.full.min.js",
            "admin/js/jquery.init.js",
            Script("desk/choosers.js", defer=True),
        ]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        words: list[str] = []
        for text in map(without_junk, given):
            is_one_word = text.startswith((NEW_PREFIX, PROPOSED_PREFIX, TYPED_PREFIX))  # a name may hold a comma
            words += [text] if is_one_word else split_words(text)
        return [shorten_word(word) for word in words[:MAX_WORDS_CHOSEN]]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return False, as for every list of several choices: a browser sends nothing when it is empty."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen: Sequence[ShownChoice] = value or []
        context = super().get_context(name, ", ".join(choice.text for choice in chosen), attrs)
        context["widget"]["attrs"] |= {
            "data-chooser": str(self.suggestions),
            "data-chosen": json.dumps([[choice.word, choice.label] for choice in chosen]),
            "data-proposed": gettext("{name} (proposed)"),
            "data-unchosen": gettext("Not selected yet: {names}. Choose from the list, or remove with the cross."),
            "data-words": json.dumps(_select2_words()),
        }
        return context


def _select2_words() -> dict[str, str]:
    """Return what Select2 says in its list, by its own names; without these it speaks English."""
    return {
        "inputTooShort": gettext("Type to search."),
        "searching": gettext("Searching …"),
        "noResults": gettext("Nothing was found."),
        "errorLoading": gettext("That did not work. Try again."),
    }


class ChooserField(forms.Field, Generic[Noun]):
    """A field whose value is a list of different rows in order. Rows that are only named yet have no pk."""

    widget = ChooserInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)
        self._found: dict[tuple[str, ...], dict[str, Noun]] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> ChooserField[Noun]:
        """Copy the field without what it found: each form looks things up for its own person."""
        copied: ChooserField[Noun] = super().__deepcopy__(memo)
        copied._found = {}
        return copied

    def row_identity(self, row: Noun) -> Any:
        """Return what tells choices apart, also rows that are only named yet."""
        return row.pk or tag_key(str(row))

    def shown_choice(self, row: Noun) -> ShownChoice:
        word = f"{ID_WORD}{row.pk}" if row.pk else f"{NEW_PREFIX}{row}"
        return ShownChoice(word, self.row_label(row), self.typed_form(row))

    def rows(self, words: Sequence[str]) -> dict[str, Noun]:
        """Return word → row for each word that names a row, in a bounded number of queries."""
        raise NotImplementedError

    def unknown(self, words: list[str]) -> ValidationError:
        raise NotImplementedError

    def row_label(self, row: Noun) -> str:
        return str(row)

    def typed_form(self, row: Noun) -> str:
        name = str(row)
        return f'"{name}"' if "," in name else name

    def find(self, words: Sequence[str]) -> dict[str, Noun]:
        key = tuple(words)
        if key not in self._found:
            self._found[key] = self.rows(words)
        return self._found[key]

    def to_python(self, value: Sequence[str] | None) -> list[Noun]:
        words = list(value or [])
        if len(words) > MAX_CHOICES:
            raise ValidationError(_("At most %(limit)d fit here."), params={"limit": MAX_CHOICES})
        found = self.find(words)
        unknown = [word for word in words if word not in found]
        if unknown:
            raise self.unknown([readable_part(word) for word in unknown])
        rows: dict[Any, Noun] = {}
        for word in words:
            rows.setdefault(self.row_identity(found[word]), found[word])
        return list(rows.values())  # each once

    def prepare_value(self, value: Any) -> list[ShownChoice]:
        """Return the choices to show, from rows (stored) or words (typed, also words that name nothing)."""
        if value and isinstance(value[0], str):
            found = self.find(value[:MAX_CHOICES])
            return [
                self.shown_choice(found[word]) if word in found else _as_typed(word) for word in value[:MAX_CHOICES]
            ]
        return [self.shown_choice(row) for row in value or []]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return [*map(self.row_identity, initial or [])] != [*map(self.row_identity, self.to_python(data))]
        except ValidationError:
            return True


def _as_typed(word: str) -> ShownChoice:
    return ShownChoice(word, readable_part(word), readable_part(word))
