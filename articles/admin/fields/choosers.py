"""Ordered search-as-you-type: authors, tags and stories as flat fields of a form.

The form holds a plain text box with a comma list, which works by itself; static/desk/choosers.js puts the admin's
Select2 in its place. Either way one list of words arrives, in the order that the editor chose. What was typed there and
not chosen from the list arrives too, marked: it counts when it is an exact name, and is refused otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.admin.fields.chooser_words import (
    ID_WORD,
    NEW_PREFIX,
    TYPED_PREFIX,
    ids_in_words,
    readable_part,
    shorten_word,
    split_words,
)
from articles.characters import without_junk
from articles.models import Author, Tag
from articles.models.author import slug_of_name
from articles.slugs import tag_key

if TYPE_CHECKING:
    pass

MAX_CHOICES = 50  # things in one field
MAX_WORDS_READ = 4 * MAX_CHOICES  # words that are looked at: more than fit, which the field then says

Row = TypeVar("Row", bound=Model)


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
            "admin/js/vendor/jquery/jquery.js",
            "admin/js/vendor/select2/select2.full.js",
            "admin/js/jquery.init.js",
            Script("desk/choosers.js", defer=True),
        ]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        words: list[str] = []
        for text in map(without_junk, given):
            is_one_word = text.startswith((NEW_PREFIX, TYPED_PREFIX))  # a name may hold a comma
            words += [text] if is_one_word else split_words(text)
        return [shorten_word(word) for word in words[:MAX_WORDS_READ]]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return False, as of each list in which several can be chosen: a browser sends nothing of an empty one."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen: Sequence[ShownChoice] = value or []
        context = super().get_context(name, ", ".join(choice.text for choice in chosen), attrs)
        context["widget"]["attrs"] |= {
            "data-chooser": str(self.suggestions),
            "data-chosen": json.dumps([[choice.word, choice.label] for choice in chosen]),
            "data-unchosen": gettext("Not selected yet: {names}. Choose it from the list, or remove it."),
        }
        return context


class ChooserField(forms.Field, Generic[Row]):
    """A field whose value is a list of different rows in order. Rows that are only named yet have no pk."""

    widget = ChooserInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)
        self._found: dict[tuple[str, ...], dict[str, Row]] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> ChooserField[Row]:
        """Copy the field without what it found: each form looks things up for its own person."""
        copied: ChooserField[Row] = super().__deepcopy__(memo)
        copied._found = {}
        return copied

    def rows(self, words: Sequence[str]) -> dict[str, Row]:
        """Return word → row for each word that names a row, in a bounded number of queries."""
        raise NotImplementedError

    def unknown(self, words: list[str]) -> ValidationError:
        raise NotImplementedError

    def row_label(self, row: Row) -> str:
        return str(row)

    def typed_form(self, row: Row) -> str:
        name = str(row)
        return f'"{name}"' if "," in name else name

    def find(self, words: Sequence[str]) -> dict[str, Row]:
        key = tuple(words)
        if key not in self._found:
            self._found[key] = self.rows(words)
        return self._found[key]

    def to_python(self, value: Sequence[str] | None) -> list[Row]:
        words = list(value or [])
        if len(words) > MAX_CHOICES:
            raise ValidationError(_("At most %(limit)d fit here."), params={"limit": MAX_CHOICES})
        found = self.find(words)
        unknown = [word for word in words if word not in found]
        if unknown:
            raise self.unknown([readable_part(word) for word in unknown])
        return unique_rows([found[word] for word in words])

    def prepare_value(self, value: Any) -> list[ShownChoice]:
        """Return the choices to show, from rows (stored) or words (typed, also words that name nothing)."""
        if value and isinstance(value[0], str):
            found = self.find(value[:MAX_CHOICES])
            return [self._chosen(found[word]) if word in found else _as_typed(word) for word in value[:MAX_CHOICES]]
        return [self._chosen(row) for row in value or []]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return [*map(row_identity, initial or [])] != [*map(row_identity, self.to_python(data))]
        except ValidationError:
            return True

    def _chosen(self, row: Row) -> ShownChoice:
        word = f"{ID_WORD}{row.pk}" if row.pk else f"{NEW_PREFIX}{row}"
        return ShownChoice(word, self.row_label(row), self.typed_form(row))


class AuthorsField(ChooserField[Author]):
    def rows(self, words: Sequence[str]) -> dict[str, Author]:
        names = {word: readable_part(word) for word in words if not ids_in_words([word])}
        slugs = [slug_of_name(name) for name in names.values()]
        wanted = Q(pk__in=ids_in_words(words)) | Q(name__in=names.values()) | Q(slug__in=slugs)
        people = Author.objects.filter(wanted).order_by("is_active", "-pk")
        by_name = {
            slug_of_name(person.name): person for person in people
        }  # the first active one of several with the same name
        by_id = {person.pk: person for person in people}
        found = {word: by_id.get(number) for word in words for number in ids_in_words([word])}
        found |= {word: by_name.get(slug_of_name(name)) for word, name in names.items()}
        return {word: person for word, person in found.items() if person}

    def row_label(self, row: Author) -> str:
        return row.name if row.is_active else gettext("%(name)s (former colleague)") % {"name": row.name}

    def unknown(self, words: list[str]) -> ValidationError:
        return ValidationError(
            _("There is no author called “%(names)s”. Add the person under Authors first."),
            params={"names": gettext("”, “").join(words)},
        )


class TagsField(ChooserField[Tag]):
    may_add = False  # whether a word that no tag has becomes a new tag

    def rows(self, words: Sequence[str]) -> dict[str, Tag]:
        names = {word: readable_part(word) for word in words if not ids_in_words([word])}
        by_id = Tag.objects.current_by_id(ids_in_words(words))
        by_key = Tag.objects.resolve_all(list(names.values())) if names else {}
        found = {word: by_id.get(number) for word in words for number in ids_in_words([word])}
        found |= {word: by_key.get(tag_key(name)) for word, name in names.items()}
        return {word: tag for word, tag in found.items() if tag}

    def to_python(self, value: Sequence[str] | None) -> list[Tag]:
        words = list(value or [])
        found = self.find(words[:MAX_CHOICES])
        if gone := self._names_of_gone(words):
            text = _("The tag “%(name)s” has been deleted: remove it.")
            raise ValidationError([ValidationError(text, params={"name": name}) for name in gone.values()])
        if self.may_add:
            new = [
                word
                for word in words
                if word not in found and not ids_in_words([word]) and not word.startswith(TYPED_PREFIX)
            ]
            found |= {word: build_tag(readable_part(word)) for word in new[:MAX_CHOICES]}
        return super().to_python(words)

    def prepare_value(self, value: Any) -> list[ShownChoice]:
        chosen = super().prepare_value(value)
        gone = self._names_of_gone(value) if value and isinstance(value[0], str) else {}
        return [replace(choice, label=gone.get(choice.word, choice.label)) for choice in chosen]

    def _names_of_gone(self, words: Sequence[str]) -> dict[str, str]:
        """Return word → last name of the deleted tag, for words that name such a tag by its id."""
        found = self.find(words[:MAX_CHOICES])
        numbers = {number: word for word in words[:MAX_CHOICES] for number in ids_in_words([word]) if word not in found}
        return {numbers[pk]: name for pk, name in Tag.objects.last_names(list(numbers)).items()} if numbers else {}

    def other_spellings(self, words: Sequence[str]) -> list[tuple[str, Tag]]:
        """Return the words that are another spelling of a tag, each with that tag."""
        found = self.find(words[:MAX_CHOICES])
        typed = {readable_part(word): tag for word, tag in found.items() if not ids_in_words([word])}
        return [(name, tag) for name, tag in typed.items() if tag.pk and tag_key(name) != tag.key]

    def unknown(self, words: list[str]) -> ValidationError:
        text = _("“%(names)s” is not a tag. Choose one from the list, or ask the tag staff for a new one.")
        if self.may_add:
            text = _("“%(names)s” is not a tag yet. Choose “New tag” in the list to create it, or remove it.")
        return ValidationError(text, params={"names": gettext("”, “").join(words)})


def unique_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows in order, each once."""
    kept: dict[Any, Row] = {}
    for row in rows:
        kept.setdefault(row_identity(row), row)
    return list(kept.values())


def row_identity(row: Model) -> Any:
    """Return what tells rows apart, also rows that are only named yet."""
    return row.pk or tag_key(str(row))


def build_tag(name: str) -> Tag:
    """Return a tag that is not saved yet. Raises ValidationError when this is no good name for a tag."""
    tag = Tag(name=name)
    try:
        tag.full_clean(exclude=["slug", "key"])
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    return tag


def _as_typed(word: str) -> ShownChoice:
    return ShownChoice(word, readable_part(word), readable_part(word))
