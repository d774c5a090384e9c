"""What can be changed of a story in its row of the list: its time, section and tags. There it is scheduled, too.

The time of a live story is that of its scheduled changes.

The story's own form checks and saves them, with everything else as it is stored: the same rules and permissions hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.stories.buttons import label_of_button
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.stories.form.filling import KeptData
from articles.admin.stories.form.proposals import PROPOSALS_FIELD
from articles.admin.stories.form.questions import CONFIRMED
from articles.admin.stories.form.scheduling import list_offered_times
from articles.admin.stories.request_state import story_request_state
from articles.dates import format_moment
from articles.findings import TIME_FIELDS, open_shoulds
from articles.models import Article
from articles.models.article import StaleStory
from articles.states import describe_changes, state_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.users import User

CHANGES_TIME = "changes_at"  # when the changes over a live story go live


def row_form_url(story: Article, list_query: str) -> str:
    """Return the address of the row's form, which leads back to the list with this query."""
    address = reverse("admin:articles_article_row", args=[story.pk])
    return f"{address}?{urlencode({'list': list_query})}" if list_query else address


def change_row(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Show time, section and tags; with POST, save them, or show them as typed with what was refused beside them."""
    story = model_admin.get_editable_story(request, story_id)
    shown = row_fields(story, signed_in(request))
    if request.method != "POST":
        return _show(model_admin, request, _build_form(model_admin, request, story), shown)
    data = _read(request, shown)
    if CHANGES_TIME in request.POST and CHANGES_TIME not in shown:  # they went live meanwhile, or others wait on top
        text = _("The time of its changes is set in its form now: open it.")
        story_request_state(request).refusal = ValidationError(text)
    form = _build_form(model_admin, request, story, data)
    if form.is_valid():
        try:
            model_admin.save_model(request, form.instance, form, change=True)
            return HttpResponseRedirect(_list_address(request))
        except StaleStory:
            form = _build_form(model_admin, request, model_admin.get_editable_story(request, story_id), data)
            _tell_what_is_saved(form, shown)
        except (ValidationError, IntegrityError) as error:
            story_request_state(request).refusal = describe_refusal(error)
            form = _build_form(model_admin, request, model_admin.get_editable_story(request, story_id), data)
    return _show(model_admin, request, form, shown)


def row_fields(story: Article, user: User) -> list[str]:
    """Return the fields that this person may change in the row, in their order."""
    return [*(_time_fields(story) if user.has_perm("articles.publish_article") else []), "section", "tags"]


def _time_fields(story: Article) -> list[str]:
    """Return the field of the time that the row changes; none where newer changes would be scheduled along, unseen."""
    if not story.was_public:
        return ["publish_at"]
    return [CHANGES_TIME] if story.is_visible() and story.due_id and not story.waiting_id else []


def _read(request: HttpRequest, shown: list[str]) -> KeptData:
    """Return what was sent of these fields. The form takes all others as they are stored."""
    names = [name for field in shown for name in (field, f"{field}_zone", f"{field}_turn")]
    data = KeptData(mutable=True)
    for name in ("version", PROPOSALS_FIELD, "anyway", *names):
        if name in request.POST or name == "tags":  # a browser sends nothing for an empty list of tags
            data.setlist(name, request.POST.getlist(name))
    if (name := _time_of(shown)) and (time := request.POST.get("moved_to") or request.POST.get("scheduled_for")):
        data[name], data[f"{name}_turn"] = time, ""
    for verb in TIME_FIELDS:  # the row has the field of the time: that it is empty is said there, and asked nowhere
        data[f"_{verb}"] = CONFIRMED
    return data


def _time_of(shown: list[str]) -> str:
    """Return the name of the time among these fields; "" for none."""
    return next((name for name in shown if name in ("publish_at", CHANGES_TIME)), "")


def _may_schedule(story: Article, user: User) -> bool:
    return not story.is_scheduled and bool(label_of_button("schedule", story, user))


def _build_form(
    model_admin: ArticleAdmin, request: HttpRequest, story: Article, data: KeptData | None = None
) -> ArticleForm:
    form: ArticleForm = model_admin.get_form(request, story, change=True)(data, instance=story)
    form.fields[CHANGES_TIME].help_text = ""  # it names a button that the row does not have
    moves = form.is_bound and form.story.is_scheduled and "publish_at" in form.changed_data
    is_scheduled = "scheduled_for" in request.POST and _may_schedule(form.story, signed_in(request))
    form.verb = "schedule" if moves or is_scheduled else "save"
    if form.is_bound and CHANGES_TIME in form.data and CHANGES_TIME in form.changed_data:
        form.verb = "schedule_changes"
    return form


def _tell_what_is_saved(form: ArticleForm, shown: list[str]) -> None:
    """Say that a colleague was faster, and beside each field what is stored now; the next press saves over that."""
    data: Any = form.data
    data["version"] = str(form.story.version)
    text = _("Somebody saved this story in the meantime; yours is not saved yet. Check it and press again.")
    form.add_error(None, ValidationError(text))
    for name in shown:
        if name in form.changed_data:
            words = {"value": _describe_stored(form.story, name)}
            form.add_error(name, ValidationError(_("Saved in the meantime: %(value)s"), params=words))


def _describe_stored(story: Article, name: str) -> str:
    """Return what the story has in this field, in words."""
    if name in ("publish_at", CHANGES_TIME):
        time = getattr(story, name)
        return format_moment(time) if time else _("no time")
    chosen = story.newest_choices
    if name == "section":
        return str(chosen.section.label if chosen.section else _("No section"))
    return ", ".join(str(tag) for tag in chosen.tags) or _("no tags")


def _show(model_admin: ArticleAdmin, request: HttpRequest, form: ArticleForm, shown: list[str]) -> HttpResponse:
    story = form.story
    hidden: dict[str, Any] = {name: errors for name, errors in form.errors.items() if name in form.fields}
    time = _time_of(shown)
    may_schedule = time == "publish_at" and _may_schedule(story, signed_in(request))
    advised = ["schedule"] if may_schedule else ["save"] if story.is_scheduled else []
    if time == CHANGES_TIME:
        advised = ["schedule_changes"]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": story,
        "story": story,
        "state": state_of(story),
        "changes": describe_changes(story),
        "opts": Article._meta,
        "form": form,
        "media": form["tags"].field.widget.media,
        "fields": [form[name] for name in shown],
        "others": [(form[name].label, errors) for name, errors in hidden.items() if name not in shown],
        "time": time,
        "offered": list_offered_times(form, form.typed_time(time, getattr(story, time))) if time else [],
        "may_schedule": may_schedule,
        "advice": [finding.text for finding in open_shoulds(form.findings_of(advised))],
        "is_live": story.is_visible(),
        "list": _list_address(request),
    }
    return TemplateResponse(request, "admin/articles/article/row.html", context)


def _list_address(request: HttpRequest) -> str:
    """Return the list from which the row's form was opened."""
    query, address = request.GET.get("list", ""), reverse("admin:articles_article_changelist")
    return f"{address}?{query}" if query else address
