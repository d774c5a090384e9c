"""Authors in a form, in the order of the byline."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.chooser_words import ids_in_words, readable_part
from articles.admin.fields.choosers import ChooserField
from articles.models import Author
from articles.models.author import slug_of_name


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
        return {word: person.current for word, person in found.items() if person}

    def row_label(self, row: Author) -> str:
        return row.name if row.is_active else gettext("%(name)s (former colleague)") % {"name": row.name}

    def unknown(self, words: list[str]) -> ValidationError:
        return ValidationError(
            _("There is no author called “%(names)s”. Add the person under Authors first."),
            params={"names": gettext("”, “").join(words)},
        )
