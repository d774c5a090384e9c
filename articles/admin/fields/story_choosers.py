"""The chooser of stories: by their number or address, those alone that a person may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.chooser_words import ID_WORD, digits_in, ids_in_words, parse_path, readable_part
from articles.admin.fields.choosers import ChooserField, ShownChoice
from articles.models import Article
from articles.states import state_of

if TYPE_CHECKING:
    from articles.users import User


class StoriesField(ChooserField[Article]):
    """A chooser of stories that are public or that `user` may open on the desk; others do not exist here.

    Those of them that a colleague chose are `unseen`: they stay chosen, and what is typed about them is ignored.
    """

    user: User
    unseen: Sequence[Article] = ()

    def rows(self, words: Sequence[str]) -> dict[str, Article]:
        return find_stories(words, self.user)

    def to_python(self, value: Sequence[str] | None) -> list[Article]:
        return super().to_python(self._without_unseen(value or []))

    def prepare_value(self, value: Any) -> list[ShownChoice]:
        return super().prepare_value(self._without_unseen(value or []))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self._without_unseen(initial or []), data)

    def _without_unseen(self, chosen: Sequence[Any]) -> list[Any]:
        """Return what is chosen, as rows or words, without the unseen stories."""
        numbers = {story.pk for story in self.unseen}
        paths = {(str(story.address_date), story.slug) for story in self.unseen}

        def is_unseen(one: Any) -> bool:
            if not isinstance(one, str):
                return one.pk in numbers
            return parse_path(one) in paths or not numbers.isdisjoint(
                ids_in_words([one]) or digits_in(readable_part(one))
            )

        return [one for one in chosen if not is_unseen(one)]

    def row_label(self, row: Article) -> str:
        return story_label(row)

    def typed_form(self, row: Article) -> str:
        return row.get_absolute_url() or f"{ID_WORD}{row.pk}"

    def unknown(self, words: list[str]) -> ValidationError:
        return ValidationError(
            _("There is no story “%(names)s”. Choose one from the list, or enter its address."),
            params={"names": gettext("”, “").join(words)},
        )


def find_stories(words: Sequence[str], user: User) -> dict[str, Article]:
    """Return the stories that this person may read, by the word that holds a story's number or address."""
    numbers = {word: number for word in words for number in ids_in_words([word]) or digits_in(readable_part(word))}
    paths = {word: path for word in words if (path := parse_path(word))}
    wanted = Q(pk__in=numbers.values())
    for date, slug in set(paths.values()):
        wanted |= Q(address_date=date, slug=slug)
    stories = Article.objects.readable_by(user).filter(wanted).defer("body")
    by_id = {story.pk: story for story in stories}
    by_path = {(str(story.address_date), story.slug): story for story in by_id.values()}
    found = {word: by_id.get(number) for word, number in numbers.items()}
    found |= {word: by_path.get(path) for word, path in paths.items()}
    return {word: story for word, story in found.items() if story}


def story_label(story: Article) -> str:
    """Return the headline, and the state of a story that is not public now."""
    if story.is_visible():
        return str(story)
    return gettext("%(story)s (%(state)s, not shown to readers)") % {"story": story, "state": state_of(story).word}
