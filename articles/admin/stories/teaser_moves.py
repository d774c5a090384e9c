"""The editor's moves at the teaser desk: pin, reorder, never here. They change the form, and nothing else.

A move is a word that a button posts, as in `pin-compact:12`. The related stories of the form are lists of words (see
choosers.py); what else was typed there, also what names no story, stays where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.admin.fields.chooser_words import ID_WORD
from articles.admin.fields.choosers import MAX_CHOICES
from articles.admin.stories.form.article_form import ArticleForm
from articles.models import Article
from articles.models.content import RELATED_PLACES

LOOK_MOVE = "look"  # a move that only asks for the desk
MOVE_PATTERN = re.compile(r"(pin-compact|pin-long|unpin|up|down|never|allow):([0-9]{1,18})")


class RefusedMove(Exception):
    """A move that makes no sense; str() says why."""


@dataclass(frozen=True)
class MovedForm:
    data: QueryDict  # the new data of the form
    said: str = ""  # a sentence about what happened
    refused: bool = False  # then nothing has changed


def apply_move(posted: QueryDict, form: ArticleForm) -> MovedForm:
    """Return the form after the move that was posted with it, if any. Writes nothing."""
    data = posted.copy()
    asked = data.pop("move", [LOOK_MOVE])
    if asked[-1] == LOOK_MOVE:
        return MovedForm(data)
    lists = RelatedWords(form)
    try:
        said = _change_lists(str(asked[-1]), lists)
    except RefusedMove as refusal:
        return MovedForm(data, str(refusal), refused=True)
    for name, words in lists.words.items():
        data.setlist(name, [f'"{word}"' if "," in word else word for word in words])
    return MovedForm(data, said)


def _change_lists(asked: str, lists: RelatedWords) -> str:
    """Change the lists, and answer what happened. Raises RefusedMove."""
    match = MOVE_PATTERN.fullmatch(asked)
    story = lists.find_story(match[2]) if match else None
    if not match or not story:
        raise RefusedMove(_("This story does not exist: nothing was changed."))
    match match[1]:
        case "pin-compact":
            lists.add(story, "pinned_compact", _("“%(story)s” is already pinned there."))
            said = _("“%(story)s” is pinned among the compact teasers.")
        case "pin-long":
            lists.add(story, "pinned_long", _("“%(story)s” is already pinned there."))
            said = _("“%(story)s” is pinned among the long teasers.")
        case "never":
            lists.add(story, "never_here", _("“%(story)s” is already excluded here."))
            said = _("“%(story)s” will never appear beside this story.")
        case "allow":
            lists.remove(story, ["never_here"], _("“%(story)s” may already appear here."))
            said = _("“%(story)s” may appear beside this story again.")
        case "unpin":
            lists.remove(story, ["pinned_compact", "pinned_long"], _("“%(story)s” is not pinned."))
            said = _("“%(story)s” is no longer pinned.")
        case "up":
            lists.move(story, -1, _("“%(story)s” is already the first story pinned there."))
            said = _("“%(story)s” moved up.")
        case _down:
            lists.move(story, 1, _("“%(story)s” is already the last story pinned there."))
            said = _("“%(story)s” moved down.")
    return said % {"story": story}


class RelatedWords:
    """The related stories of a form as words, by the names of RELATED_PLACES."""

    def __init__(self, form: ArticleForm) -> None:
        self.words: dict[str, list[str]] = {name: list(form[name].data) for name in RELATED_PLACES}
        self.own = form.story
        self._fields: Any = form.fields

    def find_story(self, number: str) -> Article | None:
        """Return the story, None when it does not exist for this person."""
        word = f"{ID_WORD}{number}"
        found: Article | None = self._fields["never_here"].find([word]).get(word)
        return found

    def add(self, story: Article, name: str, already: str) -> None:
        """Put the story at the end of this list, and take it off the others."""
        if story == self.own:
            raise RefusedMove(_("A story cannot point to itself."))
        if self._words_naming(story, name):
            raise RefusedMove(already % {"story": story})
        if len(self.words[name]) >= MAX_CHOICES:
            raise RefusedMove(_("At most %(limit)d fit here.") % {"limit": MAX_CHOICES})
        self._remove(story, list(RELATED_PLACES))
        self.words[name].append(f"{ID_WORD}{story.pk}")

    def remove(self, story: Article, names: list[str], is_not: str) -> None:
        if not self._remove(story, names):
            raise RefusedMove(is_not % {"story": story})

    def move(self, story: Article, by: int, at_the_end: str) -> None:
        """Move the story one place up (-1) or down (1) among the pinned ones of its zone."""
        for name in ("pinned_compact", "pinned_long"):
            words = self.words[name]
            for word in self._words_naming(story, name)[:1]:
                old = words.index(word)
                new = old + by
                if not 0 <= new < len(words):
                    raise RefusedMove(at_the_end % {"story": story})
                words[old], words[new] = words[new], words[old]
                return
        raise RefusedMove(_("“%(story)s” is not pinned.") % {"story": story})

    def _words_naming(self, story: Article, name: str) -> list[str]:
        """Return the words of this list that name the story."""
        found = self._fields[name].find(self.words[name][:MAX_CHOICES])
        return [word for word in self.words[name] if found.get(word) == story]

    def _remove(self, story: Article, names: list[str]) -> bool:
        """Remove the story from these lists. Returns whether it was there."""
        own = {name: self._words_naming(story, name) for name in names}
        for name, words in own.items():
            self.words[name] = [word for word in self.words[name] if word not in words]
        return any(own.values())
