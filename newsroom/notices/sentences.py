"""What is said of an event, in the language of the reader: the same in the desk, in a mail and by a webhook."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.characters import tidy
from articles.states import name_of
from newsroom.models import StoryEvent

MAX_NOTE_LENGTH = 300  # characters
EventKind = StoryEvent.Kind


def describe_event(event: StoryEvent) -> str:
    """Return what happened, in a sentence that names story and person."""
    facts = event.facts
    words = {
        "name": name_of(event.actor) or _("Somebody"),
        "story": str(event.story),
        "note": _shorten(facts.get("note", "")),
        "reason": _shorten(facts.get("reason", "")),
        "tag": facts.get("tag", ""),
        "other": facts.get("accepted_as", ""),
        "answer": _shorten(facts.get("answer", "")),
    }
    return _sentence(event) % words


def path_of_event(event: StoryEvent) -> str:
    """Return where on the desk it can be looked at: the story, or the text that was kept beside it."""
    if event.kind == EventKind.KEPT:
        return reverse("admin:articles_article_conflict", args=[event.story_id, event.facts["version"]])
    return reverse("admin:articles_article_change", args=[event.story_id])


def _sentence(event: StoryEvent) -> str:
    match event.kind:
        case EventKind.SUBMITTED:
            return _("%(name)s submitted “%(story)s” for review.")
        case EventKind.SENT_BACK:
            return _("%(name)s sent “%(story)s” back: %(note)s")
        case EventKind.PUBLISHED:
            return _("%(name)s published “%(story)s”.")
        case EventKind.WENT_OUT if event.facts.get("changes"):
            return _("The scheduled changes to “%(story)s” went live.")
        case EventKind.WENT_OUT:
            return _("“%(story)s” went out at its time.")
        case EventKind.STUCK:
            return _("The scheduled changes to “%(story)s” could not go live: %(reason)s")
        case EventKind.KEPT:
            return _("What %(name)s typed into “%(story)s” was kept, but is not saved.")
        case EventKind.MENTIONED:
            return _("%(name)s wrote in a note to “%(story)s”: %(note)s")
    return _decision(event)


def _decision(event: StoryEvent) -> str:
    """Return what became of a proposed tag."""
    accepted_as, answer = event.facts.get("accepted_as"), event.facts.get("answer")
    if accepted_as and accepted_as != event.facts.get("tag"):
        return _("%(name)s gave “%(story)s” the tag “%(other)s” in place of the proposed “%(tag)s”.")
    if accepted_as:
        return _("%(name)s accepted the proposed tag “%(tag)s” for “%(story)s”.")
    if answer:
        return _("%(name)s declined the proposed tag “%(tag)s” for “%(story)s”: %(answer)s")
    return _("%(name)s declined the proposed tag “%(tag)s” for “%(story)s”.")


def _shorten(text: str) -> str:
    return Truncator(tidy(text)).chars(MAX_NOTE_LENGTH)
