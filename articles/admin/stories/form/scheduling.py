"""The step between “Schedule” and its time: what is offered, said in a sentence before anybody confirms it."""

from __future__ import annotations

import datetime
import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import clock
from articles.admin.fields.moments import format_for_input
from articles.admin.stories.buttons import Button, buttons_for
from articles.admin.stories.form.fields import TIMES
from articles.findings import TIME_FIELDS, open_shoulds
from articles.models import Article
from articles.states import describe_moment
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.admin.stories.form.article_form import ArticleForm

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
MORNING, NOON, EVENING = 6, 12, 18  # o'clock, in the newsroom


@dataclass(frozen=True)
class OfferedTime:
    label: str  # “Tomorrow: Monday 1 December at 06:00, Lagos time”
    value: str  # as the field of the form has it


def schedule_new_story(model_admin: ArticleAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for the time of a story that is not saved yet."""
    model_admin.require_add_permission(request)
    return _show_step(model_admin, request, Article())


def schedule_story(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Ask for the time of the story as typed."""
    return _show_step(model_admin, request, model_admin.get_editable_story(request, story_id))


def offer_times(
    now: datetime.datetime, planned: datetime.datetime | None, newsroom: zoneinfo.ZoneInfo
) -> list[tuple[str, datetime.datetime]]:
    """Return (name, time) of the times that are one press away: for a planned story, those around its time."""
    if planned and planned > now:
        times = [
            (_("An hour earlier"), planned - HOUR),
            (_("An hour later"), planned + HOUR),
            (_("A day later"), (planned.astimezone(newsroom) + DAY)),
        ]
    else:
        today = now.astimezone(newsroom).replace(minute=0, second=0, microsecond=0)
        tomorrow, monday = today + DAY, today + DAY * (7 - today.weekday())
        times = [
            (_("This evening"), today.replace(hour=EVENING)),
            (_("Tomorrow morning"), tomorrow.replace(hour=MORNING)),
            (_("Tomorrow at noon"), tomorrow.replace(hour=NOON)),
        ]
        if monday != tomorrow:
            times.append((_("Next Monday"), monday.replace(hour=MORNING)))
    return [(name, moment) for name, moment in times if moment > now]


def _show_step(model_admin: ArticleAdmin, request: HttpRequest, story: Article) -> HttpResponse:
    verb = request.POST.get("verb", "")
    button = next((one for one in buttons_for(story, signed_in(request)) if one.name == verb), None)
    if verb not in TIME_FIELDS or button is None:
        raise BadRequest("no such button")
    form = model_admin.get_form(request, story, change=bool(story.pk))(request.POST, instance=story)
    form.is_valid()
    context = _context(form, button)
    return TemplateResponse(request, "admin/articles/article/_schedule.html", context)


def _context(form: ArticleForm, button: Button) -> dict[str, Any]:
    """Return the context of templates/desk/admin/articles/article/_schedule.html."""
    name = TIME_FIELDS[button.name]
    moment = form.cleaned_data.get(name)
    findings = form.findings_of([button.name])
    problems = [(finding.field, finding.text) for finding in findings if finding.level == "must" and not finding.passed]
    problems += [(field, str(text)) for field, texts in form.errors.items() if field in form.fields for text in texts]
    problems = list(dict.fromkeys(problems))
    chosen = bool(form[name].value())
    of_time = [text for field, text in problems if field in (*TIMES, name) and (chosen or field != name)]
    return {
        "button": button,
        "section": getattr(form.cleaned_data.get("section"), "label", ""),
        "field": name,
        "input": form[name],
        "missing": [(field, text) for field, text in problems if field not in (*TIMES, name)],
        "wrong": of_time,
        "sentence": _say(form, button.name, moment) if moment and not of_time else "",
        "advice": [finding.text for finding in open_shoulds(findings)],
        "offered": list_offered_times(form, moment),
    }


def list_offered_times(form: ArticleForm, planned: datetime.datetime | None) -> list[OfferedTime]:
    """Return the times that are one press away, of those that the form allows."""
    return [
        OfferedTime(_("%(name)s: %(time)s") % {"name": label, "time": describe_moment(at)}, format_for_input(at)[:16])
        for label, at in offer_times(clock.now(), planned, timezone.get_default_timezone())
        if _is_allowed(form, at)
    ]


def _is_allowed(form: ArticleForm, at: datetime.datetime) -> bool:
    """Return whether neither embargo nor end of publication, as typed, stand in the way of this time."""
    names = ("embargo_until", "unpublish_at")
    embargo, end = (form.typed_time(name, getattr(form.story, name)) for name in names)
    return (embargo is None or at >= embargo) and (end is None or at < end)


def _say(form: ArticleForm, verb: str, moment: datetime.datetime) -> str:
    """Return what will happen, in a sentence: “Goes live on Monday 1 December at 06:00, Lagos time, in Energy.”."""
    words = {"time": describe_moment(moment), "section": getattr(form.cleaned_data.get("section"), "label", "")}
    if verb == "schedule_changes":
        return _("Readers see the changes from %(time)s.") % words
    return (
        _("Goes live on %(time)s, in %(section)s.") % words if words["section"] else _("Goes live on %(time)s.") % words
    )
