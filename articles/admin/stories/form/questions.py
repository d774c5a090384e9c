"""What a person is asked before a button does what cannot be undone, or drops what somebody chose, or needs a time.

The buttons of the row ask, and the form comes back with the question; the button beside the question is the answer.
Where scripts run, static/desk/questions.js shows the question at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.admin.stories.buttons import Button, dropped_time
from articles.admin.stories.form.scheduling import list_offered_times
from articles.findings import TIME_FIELDS
from articles.models import Article
from articles.states import describe_moment

CONFIRMED = "confirmed"  # the value of the button that answers
ASKED_TIME = "asked_time"  # the name of the input in the question for a time


@dataclass(frozen=True)
class Question:
    verb: str
    title: str
    text: str
    wants_reason: bool = False
    wants_time: bool = False


def find_question(verb: str, story: Article, times: Mapping[str, datetime.datetime | None]) -> Question | None:
    """Return what to ask before this verb; `times` are those in the form, by the verb that needs them."""
    if verb == "withdraw":
        title = _("Withdraw “%(story)s”?") % {"story": story}
        text = _("Readers are told that it is no longer available. You may tell them why.")
        return Question(verb, title, text, wants_reason=True)
    if verb in TIME_FIELDS and times[verb] is None:
        title = _("When do readers see the changes?") if verb == "schedule_changes" else _("When does it go live?")
        return Question(verb, title, _("Choose a time."), wants_time=True)
    dropped = dropped_time(story, times["schedule"]) if verb == "publish" else None
    if dropped is None:
        return None
    text = _("It has a time: %(time)s. If you publish it now, readers see it at once and that time no longer counts.")
    return Question(verb, _("Publish “%(story)s” now?") % {"story": story}, text % {"time": describe_moment(dropped)})


def take_asked_time(data: QueryDict, verb: str) -> QueryDict:
    """Return what was sent, with the time that was chosen in the question, where the field of the form has none."""
    name, pressed = TIME_FIELDS.get(verb, ""), data.get(f"_{verb}", "")
    chosen = data.get(ASKED_TIME, "") if pressed in (CONFIRMED, "1") else pressed
    if not (name and chosen) or data.get(name):
        return data
    completed = data.copy()
    completed[name] = chosen
    return completed


def questions_context(form: Any, buttons: list[Button]) -> dict[str, Any]:
    """Return the context of templates/desk/admin/articles/article/_questions.html."""
    found = [(button, find_question(button.name, form.story, form.verb_times)) for button in buttons]
    is_asked = form.is_bound and any(error.code == "asked" for error in form.non_field_errors().as_data())
    asked = form.verb if is_asked else ""
    # For its time, a button asks by its own dialog where scripts run.
    shown = [(button, one) for button, one in found if one and (not one.wants_time or one.verb == asked)]
    return {
        "questions": shown,
        "asked": asked,
        "asked_time": ASKED_TIME,
        "offered": list_offered_times(form, None) if any(one.wants_time for _button, one in shown) else [],
        "confirmed": CONFIRMED,
    }
