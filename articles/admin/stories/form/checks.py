"""What a save of the story form checks beyond single fields, and how a save that was undone is explained."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.admin.stories.buttons import buttons_for
from articles.models import Article
from articles.models.content import RELATED_PLACES

ADVICE_OPEN = _("The checklist has advice: follow it, or tick “Publish anyway” there and press again.")
NOTE_NEEDED = _("Say in the note what the writer should change.")

if TYPE_CHECKING:
    from articles.users import User

FieldProblem = tuple[str, Any]  # the name of a field, and a sentence beside it


def check_times(story: Article, cleaned: Mapping[str, Any], changed: Collection[str]) -> Iterator[FieldProblem]:
    """Return what is wrong with the times as typed."""
    begin, end = cleaned.get("publish_at"), cleaned.get("unpublish_at")
    if begin and end and end <= begin:
        yield "unpublish_at", _("Publication would end before it begins: choose a later end.")
    if story.is_scheduled and "publish_at" in changed and "publish_at" in cleaned:
        if not begin:
            yield "publish_at", _("It is scheduled: send it back to draft to unschedule it.")
        elif begin <= clock.now():
            yield "publish_at", _("Choose a time in the future, or publish it now.")


def is_note_missing(story: Article, user: User, note: str | None) -> bool:
    """Return whether this person may send the story back, but has not said why."""
    return not (note or "").strip() and any(button.name == "send_back" for button in buttons_for(story, user))


def check_related(story: Article, cleaned: Mapping[str, Any]) -> Iterator[FieldProblem]:
    """Return which related stories are the story itself, or selected twice."""
    taken: set[int] = set()
    for name in RELATED_PLACES:
        for related in cleaned.get(name, []):
            if related.pk == story.pk:
                yield name, _("A story cannot point to itself.")
            elif related.pk in taken:
                yield name, _("“%(story)s” is selected twice.") % {"story": related}
            taken.add(related.pk)


def describe_refusal(error: Exception) -> ValidationError:
    """Return what the form says about a save that was undone."""
    if isinstance(error, ValidationError):
        return error
    return ValidationError(_("Somebody saved at the same moment. Nothing is lost: press the button again."))
