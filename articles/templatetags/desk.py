"""Tags and filters of the desk's templates: its menu in newsroom order, and what waits for a person."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.forms import BaseForm
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from articles.admin.dashboard.blocks import DashboardBlock
from articles.admin.dashboard.pictures import picture_blocks
from articles.admin.dashboard.stories import story_blocks
from articles.admin.dashboard.tags import decided_blocks, tag_blocks
from articles.admin.new_labels import new_label
from articles.dates import format_moment
from articles.differences import Passage
from articles.log_messages import read_log_message
from articles.models import Article, Image
from articles.pictures import markup
from articles.states import (
    StoryState,
    format_moment_briefly,
    format_moment_with_zone,
    name_desk_zone,
    name_of,
    state_of,
)

if TYPE_CHECKING:
    from articles.users import User

register = template.Library()
register.filter("log_message", read_log_message)

OWN_BLOCKS = ("stuck", "came-back", "drafts", "advice")  # what the person writes on or has to mend themselves
CHECKLIST_ID = "checklist"  # the id of the story form's checklist
CHANGE_LABELS = {
    "added": gettext_lazy("new"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("rewritten"),
    "moved": gettext_lazy("moved here"),
    "left": gettext_lazy("moved from here"),
}
MODEL_ORDER = ["Article", "Image", "Author", "Section", "Tag", "User", "TrashEntry"]


@dataclass(frozen=True)
class FormProblem:
    """A sentence about something that was sent in a form, and where on the page it can be corrected."""

    text: str
    label: str = ""
    place: str = ""  # the id of an element; "" where there is none


@register.filter
def newsroom_models(apps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the newsroom's models that this person may open, stories first."""
    models = [model for app in apps or () for model in app["models"] if _is_ours(app, model)]
    return sorted(models, key=lambda model: MODEL_ORDER.index(model["object_name"]))


@register.filter
def beyond_the_newsroom(apps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return everything else that this person may manage, by app."""
    rest = [app | {"models": [model for model in app["models"] if not _is_ours(app, model)]} for app in apps]
    return [app for app in rest if app["models"]]


@register.simple_tag(takes_context=True)
def dashboard_columns(context: Context) -> list[list[DashboardBlock]]:
    """Return what waits for this person on the front of the desk, by column: tag staff see their tags first.

    A block keeps its place, however many rows it and the others have.
    """
    user = context["request"].user
    stories = story_blocks(user)
    own = [*(block for block in stories if block.name in OWN_BLOCKS), *decided_blocks(user)]
    others = [block for block in stories if block.name not in OWN_BLOCKS]
    if user.has_perm("articles.change_article"):
        columns = [own, others, [*picture_blocks(user), *tag_blocks(user)]]
    else:
        columns = [[*tag_blocks(user), *picture_blocks(user)], own, others]
    return [column for column in columns if column]


@register.simple_tag
def problems_of(form: BaseForm, inlines: Iterable[Any] = ()) -> list[FormProblem]:
    """Return why this form was refused, in the order of its page; `inlines` are the admin's own formsets."""
    formsets = [inline.formset for inline in inlines]
    forms = [form, *(row for formset in formsets for row in formset.forms)]
    general = [text for formset in formsets for text in formset.non_form_errors()]
    return [problem for one in forms for problem in _problems(one)] + [FormProblem(str(text)) for text in general]


@register.simple_tag
def page_address(changelist: Any, step: int) -> str:
    """Return where the next (1) or previous (-1) page of a list is; "" when there is none."""
    page = changelist.page_num + step
    return changelist.get_query_string({"p": page}) if 1 <= page <= changelist.paginator.num_pages else ""


@dataclass(frozen=True)
class SortChoice:
    label: str
    direction: str  # of the list now: asc, desc, or “” where another column sorts it
    url: str


@register.simple_tag
def sort_choices(changelist: Any) -> list[SortChoice]:
    """Return the columns that can sort the list, each with the way to it; the current one leads to its reverse."""
    sorting = changelist.get_ordering_field_columns()
    columns = [
        (place, name)
        for place, name in enumerate(changelist.list_display)
        if name in changelist.sortable_by and changelist.get_ordering_field(name)
    ]
    return [
        SortChoice(
            str(label_for_field(name, changelist.model, changelist.model_admin)),
            sorting.get(place, ""),
            changelist.get_query_string({ORDER_VAR: -place if sorting.get(place) == "asc" else place}, [PAGE_VAR]),
        )
        for place, name in columns
    ]


@register.filter
def choices_of(list_filter: Any, changelist: Any) -> list[dict[str, Any]]:
    """Return the choices of a filter of the list, each with its address."""
    return list(list_filter.choices(changelist))


@register.simple_tag
def picture_card(image: Image) -> SafeString:
    """Return the picture as a card of the library shows it."""
    return markup(image, sizes="(max-width: 36em) 45vw, 14rem", variant="card")


@register.filter
def story_moment(story: Article) -> str:
    """Return when it goes or went live, or else was saved last, as the list of stories does: “18:00 WAT” today."""
    public = story.publish_at if story.status == Article.Status.PUBLISHED else None
    return format_moment_with_zone(public or story.saved_at)


@register.filter
def long_moment(moment: datetime.datetime) -> str:
    """Return “Tue 25 November 2025, 18:00 WAT”."""
    return format_moment(moment)


@register.filter
def short_moment(moment: datetime.datetime) -> str:
    """Return “18:00” today, else with the date, for a page that names the time zone once."""
    return format_moment_briefly(moment)


@register.filter
def moment_with_zone(moment: datetime.datetime) -> str:
    """Return “18:00 WAT” today, else with the date."""
    return format_moment_with_zone(moment)


@register.simple_tag
def desk_zone() -> str:
    """Return “All times: Lagos time”, for a page that gives them without their zone."""
    return gettext("All times: %(zone)s") % {"zone": name_desk_zone()}


@register.filter
def person_name(user: User | None) -> str:
    """Return the name by which colleagues know this person."""
    return name_of(user)


@register.filter
def passage_html(passage: Passage) -> SafeString:
    """Return a paragraph with its change in a word: “rewritten”. A page may show ten thousand of them."""
    change = CHANGE_LABELS.get(passage.change)
    what = format_html('<span class="what">{}</span>', change) if change else ""
    return format_html('<p class="passage {} {}">{}{}</p>', passage.change, passage.kind, what, passage.html)


@register.filter(name="new_label")
def new_label_of(model_name: str) -> str:
    """Return “New tag” for the name of the model."""
    return new_label(model_name)


@register.filter
def story_state(story: Article) -> StoryState:
    return state_of(story)


def _problems(form: BaseForm) -> Iterator[FormProblem]:
    for error in form.non_field_errors().as_data():
        place = CHECKLIST_ID if error.code == "advice" else ""
        yield from (FormProblem(str(text), place=place) for text in error.messages)
    for field in form:
        label = "" if field.is_hidden else str(field.label)
        place = "" if field.is_hidden else field.id_for_label or f"{field.auto_id}_0"  # the first of several boxes
        yield from (FormProblem(str(text), label, place) for text in field.errors)


def _is_ours(app: dict[str, Any], model: dict[str, Any]) -> bool:
    return app["app_label"] in ("articles", "newsroom") and model["object_name"] in MODEL_ORDER
