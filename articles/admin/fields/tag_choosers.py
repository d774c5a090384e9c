"""Tags in a form, also those that it only names yet: saving it creates them, or proposes them to the tag staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.chooser_words import NEW_PREFIX, PROPOSED_PREFIX, TYPED_PREFIX, ids_in_words, readable_part
from articles.admin.fields.choosers import MAX_CHOICES, ChooserField, ShownChoice
from articles.models import Tag, TagProposal
from articles.slugs import tag_key


class TagsField(ChooserField[Tag]):
    may_add = False  # whether a word that no tag has becomes a new tag
    may_propose = False  # whether such a word may be proposed
    proposals: Sequence[TagProposal] = ()  # that the form shows among the tags

    def rows(self, words: Sequence[str]) -> dict[str, Tag]:
        named = [word for word in words if not ids_in_words([word]) and not self._is_shown_proposal(word)]
        names = {word: readable_part(word) for word in named}
        by_id = Tag.objects.current_by_id(ids_in_words(words))
        by_key = Tag.objects.resolve_all(list(names.values())) if names else {}
        found = {word: by_id.get(number) for word in words for number in ids_in_words([word])}
        found |= {word: by_key.get(tag_key(name)) for word, name in names.items()}
        return {word: tag for word, tag in found.items() if tag}

    def to_python(self, value: Sequence[str] | None) -> list[Tag]:
        proposed = self.proposed(value or [])
        words = [word for word in value or [] if word not in proposed]
        found = self.find(words[:MAX_CHOICES])
        if gone := self._names_of_gone(words):
            text = _("The tag “%(name)s” has been deleted: remove it.")
            raise ValidationError([ValidationError(text, params={"name": name}) for name in gone.values()])
        if self.may_add:
            names = [word for word in words if not word.startswith((TYPED_PREFIX, PROPOSED_PREFIX))]
            new = [word for word in names if word not in found and not ids_in_words([word])]
            found |= {word: build_tag(readable_part(word)) for word in new[:MAX_CHOICES]}
        return super().to_python(words)

    def proposed(self, words: Sequence[str]) -> dict[str, str]:
        """Return word → name of those words that are proposed as tags. Raises ValidationError for bad names."""
        found = self.find(words[:MAX_CHOICES])
        marked = [word for word in words[:MAX_CHOICES] if self._proposes(word) and word not in found]
        new = [word for word in marked if self.may_propose and not self._is_shown_proposal(word)]
        for word in new:
            build_tag(readable_part(word))
        return {word: readable_part(word) for word in marked if word in new or self._is_shown_proposal(word)}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether tags or proposals changed."""
        try:
            keys = {tag_key(name) for name in self.proposed(data or []).values()}
        except ValidationError:
            return True
        return keys != {one.key for one in self.proposals} or super().has_changed(initial, data)

    def prepare_value(self, value: Any) -> list[ShownChoice]:
        if not value or not isinstance(value[0], str):
            return [*super().prepare_value(value), *(_as_proposed(one.name) for one in self.proposals)]
        chosen, gone = super().prepare_value(value), self._names_of_gone(value)
        shown = [replace(choice, label=gone.get(choice.word, choice.label)) for choice in chosen]
        return [_as_proposed(one.label) if one.word.startswith(PROPOSED_PREFIX) else one for one in shown]

    def _proposes(self, word: str) -> bool:
        """Return whether a word was chosen as a proposal, or stands in the plain text box, which marks none."""
        is_plain = not word.startswith((TYPED_PREFIX, NEW_PREFIX)) and not ids_in_words([word])
        return word.startswith(PROPOSED_PREFIX) or (self.may_propose and is_plain)

    def _is_shown_proposal(self, word: str) -> bool:
        if not word.startswith(PROPOSED_PREFIX):
            return False
        return tag_key(readable_part(word)) in {one.key for one in self.proposals}

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
        if self.may_propose:
            text = _("“%(names)s” is not a tag. Choose a tag, or “Propose” in the list to ask for a new one.")
        if self.may_add:
            text = _("“%(names)s” is not a tag yet. Choose “New tag” in the list to create it, or remove it.")
        return ValidationError(text, params={"names": gettext("”, “").join(words)})


def _as_proposed(name: str) -> ShownChoice:
    """Return a proposed tag as the form shows it; the plain text box holds it in quotation marks, as one word."""
    word = f"{PROPOSED_PREFIX}{name}"
    return ShownChoice(word, name, f'"{word}"')


def build_tag(name: str) -> Tag:
    """Return a tag that is not saved yet. Raises ValidationError when this is no good name for a tag."""
    tag = Tag(name=name)
    try:
        tag.full_clean(exclude=["slug", "key"])
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    return tag


def save_tags(tags: list[Tag]) -> list[Tag]:
    """Create the tags that do not exist yet, unless a colleague has just created them."""
    return [tag if tag.pk else Tag.objects.for_names([tag.name])[0] for tag in tags]
