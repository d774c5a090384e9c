"""Authors in a form, in the order of the byline, each with a role.

A word names a role after the author, where it is another one than the author's: `id:7:editor` as the chooser sends it,
`Awa Koné (edited by)` as it is typed where no script runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.chooser_words import ID_WORD, ids_in_words, readable_part
from articles.admin.fields.choosers import ChooserField, ChooserInput, ShownChoice
from articles.models import Author, Byline
from articles.models.author import slug_of_name
from articles.models.byline import BylineRole


class AuthorsInput(ChooserInput):
    """The chooser whose chips hold the person's role."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        roles = [[role, str(label)] for role, label in BylineRole.choices]
        context["widget"]["attrs"] |= {
            "data-roles": json.dumps(roles),
            "data-role-of": gettext("Role of {name}"),
        }
        return context


class AuthorsField(ChooserField[Byline]):
    """A field whose value is a list of bylines that are not stored, each with an author and a role."""

    widget = AuthorsInput

    def rows(self, words: Sequence[str]) -> dict[str, Byline]:
        split = {word: split_role(word) for word in words}
        people = self._people([person for person, _role in split.values()])
        return {word: Byline(author=people[who], role=role) for word, (who, role) in split.items() if who in people}

    def _people(self, words: Sequence[str]) -> dict[str, Author]:
        """Return who each of these words names, without a role."""
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
        return {word: person.current for word, person in found.items() if person}

    def to_python(self, value: Sequence[str] | None) -> list[Byline]:
        """Return the bylines in order, each author once, with the role that was named first."""
        people: dict[int, Byline] = {}
        for byline in super().to_python(value):
            people.setdefault(byline.author_id, byline)
        return list(people.values())

    def row_identity(self, row: Byline) -> Any:
        return row.author_id, row.role

    def row_label(self, row: Byline) -> str:
        author = row.author
        return author.name if author.is_active else gettext("%(name)s (former colleague)") % {"name": author.name}

    def shown_choice(self, row: Byline) -> ShownChoice:
        word, text = f"{ID_WORD}{row.author_id}", self.typed_form(row)
        if row.role != BylineRole.AUTHOR:
            word, text = f"{word}:{row.role}", f"{text} ({row.get_role_display()})"
        return ShownChoice(word, self.row_label(row), text)

    def unknown(self, words: list[str]) -> ValidationError:
        return ValidationError(
            _("There is no author called “%(names)s”. Add the person under Authors first."),
            params={"names": gettext("”, “").join(words)},
        )


def split_role(word: str) -> tuple[str, str]:
    """Return the part of a word that names a person, and the role.

    >>> split_role("id:7:editor"), split_role("Awa Koné (edited by)"), split_role("Reuters (Lomé)")
    (('id:7', 'editor'), ('Awa Koné', 'editor'), ('Reuters (Lomé)', 'author'))
    """
    if found := re.fullmatch(r"(id:[0-9]+):([a-z]+)", word):
        return (found[1], found[2]) if found[2] in BylineRole.values else (word, BylineRole.AUTHOR.value)
    if found := re.fullmatch(r"([^()]*\S)\s*\(([^()]+)\)", word):
        named = {str(label).lower(): role for role, label in BylineRole.choices}
        if role := named.get(" ".join(found[2].split()).lower()):
            return found[1], role
    return word, BylineRole.AUTHOR.value
