"""The checklist in the form: what stands in the way of publishing the story as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import clock
from articles.admin.stories.buttons import Button, buttons_for
from articles.admin.stories.closed_stories import answer_if_closed
from articles.admin.stories.form.article_form import ArticleForm
from articles.findings import PUBLISHING, ChecklistFinding, open_shoulds
from articles.models import Article
from articles.states import describe_moment
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin


@dataclass(frozen=True)
class ChecklistPoint:
    """A finding in the list."""

    finding: ChecklistFinding
    buttons: str  # that it concerns; "" for all
    is_due_later: bool  # when one of these buttons is pressed


def check_new_story(model_admin: ArticleAdmin, request: HttpRequest) -> HttpResponse:
    """Return the checklist of a story that is not saved yet, as part of its form."""
    model_admin.require_add_permission(request)
    return _show_checklist(model_admin, request, Article())


def check_story(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Return the checklist of the story as typed, as part of its form; JSON where it is closed for this person."""
    closed = answer_if_closed(model_admin, request, story_id)
    return closed or _show_checklist(model_admin, request, model_admin.get_story(request, story_id))


def checklist_context(form: ArticleForm, buttons: list[Button]) -> dict[str, Any]:
    """Return the context of templates/desk/admin/articles/article/_checklist.html."""
    labels = {button.name: button.label for button in buttons}
    wanted = [finding for finding in form.findings if not finding.passed]
    hindered = {name for finding in wanted for name in finding.verbs or labels}
    publishing = [name for name in labels if name in PUBLISHING]
    return {
        "checked": True,
        "wanted": wanted,
        "points": sorted((_point(form, finding, labels) for finding in wanted), key=lambda point: point.is_due_later),
        "ready": _("”, “").join(labels[name] for name in publishing if name not in hindered),
        "unscheduled": _unscheduled(form) if "schedule" in labels and form.story.status != "published" else "",
        "anyway": bool(open_shoulds(form.findings) and publishing),
    }


def _point(form: ArticleForm, finding: ChecklistFinding, labels: dict[str, str]) -> ChecklistPoint:
    """Return the finding as shown: what some buttons need is no fault as long as its field is not filled in."""
    buttons = _("”, “").join(labels[name] for name in finding.verbs)
    is_empty = finding.field in form.fields and not str(form[finding.field].value() or "").strip()
    return ChecklistPoint(finding, buttons, is_due_later=bool(buttons) and is_empty)


def _unscheduled(form: ArticleForm) -> str:
    """Return what to say of a time in the form at which nothing will happen; "" for none."""
    typed = form.typed_time("publish_at", form.story.publish_at)
    if typed is None or typed <= clock.now():
        return ""
    text = _("Not scheduled yet: nothing happens on %(time)s until you press “Schedule”.")
    return text % {"time": describe_moment(typed)}


def _show_checklist(model_admin: ArticleAdmin, request: HttpRequest, story: Article) -> HttpResponse:
    form = model_admin.get_form(request, story, change=bool(story.pk))(request.POST, instance=story)
    form.is_valid()
    context = checklist_context(form, buttons_for(form.story, signed_in(request)))
    return TemplateResponse(request, "admin/articles/article/_checklist.html", context)
