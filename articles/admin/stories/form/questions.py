"""What a person is asked before a button does what cannot be undone, or drops what somebody chose.

The buttons of the row ask, and the form comes back with the question; the button beside the question is the answer.
Where scripts run, static/desk/questions.js shows the question at once.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.admin.stories.buttons import Button, dropped_time
from articles.models import Article
from articles.states import describe_moment

CONFIRMED = "confirmed"  # the value of the button that answers


@dataclass(frozen=True)
class Question:
    verb: str
    title: str
    text: str
    wants_reason: bool = False


def find_question(verb: str, story: Article, publish_at: datetime.datetime | None) -> Question | None:
    """Return what to ask before this verb; `publish_at` is the time in the form."""
    if verb == "withdraw":
        title = _("Withdraw “%(story)s”?") % {"story": story}
        text = _("Readers are told that it is no longer available. You may tell them why.")
        return Question(verb, title, text, wants_reason=True)
    dropped = dropped_time(story, publish_at) if verb == "publish" else None
    if dropped is None:
        return None
    text = _("It has a time: %(time)s. Published now, readers see it at once, and that time no longer counts.")
    return Question(verb, _("Publish “%(story)s” now?") % {"story": story}, text % {"time": describe_moment(dropped)})


def questions_context(form: Any, buttons: list[Button]) -> dict[str, Any]:
    """Return the context of templates/desk/admin/articles/article/_questions.html."""
    publish_at = form.typed_time("publish_at", form.story.publish_at)
    found = [(button, find_question(button.name, form.story, publish_at)) for button in buttons]
    is_asked = form.is_bound and any(error.code == "asked" for error in form.non_field_errors().as_data())
    return {
        "questions": [(button, question) for button, question in found if question],
        "asked": form.verb if is_asked else "",
        "confirmed": CONFIRMED,
    }
