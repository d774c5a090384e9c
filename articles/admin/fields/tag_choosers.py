"""Tags in a form, also those that a form only names yet: they are created when it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.chooser_words import TYPED_PREFIX, ids_in_words, readable_part
from articles.admin.fields.choosers import MAX_CHOICES, ChooserField, ShownChoice
from articles.models import Tag
from articles.slugs import tag_key


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


def build_tag(name: str) -> Tag:
    """Return a tag that is not saved yet. Raises ValidationError when this is no good name for a tag."""
    tag = Tag(name=name)
    try:
        tag.full_clean(exclude=["slug", "key"])
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    return tag


def save_tags(tags: list[Tag]) -> list[Tag]:
    """Create the tags that are only named yet, unless a colleague has just done so."""
    return [tag if tag.pk else Tag.objects.for_names([tag.name])[0] for tag in tags]
