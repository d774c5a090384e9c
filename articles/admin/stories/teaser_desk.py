"""The teaser desk in a story's form: both zones as they will appear, why each story is there, which are not.

It costs as much as the rest of the form: the form opens without it, and asks for it when it comes into view.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.stories.autosaves import list_autosaves
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.request_state import story_request_state
from articles.admin.stories.teaser_moves import MovedForm, apply_move
from articles.models import Article
from articles.models.content import RELATED_PLACES
from articles.pages import apply_content
from articles.related import RejectedStory, SharedTraits, Teaser, explain_related
from articles.states import state_of

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin

RELATED_FIELDS = tuple(RELATED_PLACES)
# What decides which stories stand there, but for the text: it would be asked about with every word.
DESK_FIELDS = ("headline", "standfirst", "dateline", "section", "language", "tags", *RELATED_FIELDS)

MoveButtons = list[tuple[str, str]]  # what a button posts, and what it says


NO_TRAITS = SharedTraits()


@dataclass(frozen=True)
class TeaserRow:
    story: Article | None  # None for one that this person may not see
    why: str
    moves: MoveButtons
    text: str = ""  # "" for a story that does not stand there
    traits: SharedTraits = NO_TRAITS  # shown as a calculation
    own_form: str = ""  # where it can be left out everywhere; "" for those who may not


@dataclass(frozen=True)
class TeaserZone:
    title: str
    rows: list[TeaserRow]


@dataclass(frozen=True)
class TeaserDesk:
    zones: list[TeaserZone]
    rejected: list[TeaserRow]


def show_new_desk(model_admin: ArticleAdmin, request: HttpRequest) -> HttpResponse:
    """Show the teaser desk of a story that is not saved yet."""
    model_admin.require_add_permission(request)
    return _show_desk(model_admin, request, None)


def show_desk(model_admin: ArticleAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show the form after the move that was pressed; `part` asks for the desk alone. Saves nothing."""
    story = model_admin.get_story(request, object_id)
    model_admin.require_writer(request)
    if request.method == "POST" and not model_admin.has_change_permission(request, story):
        raise PermissionDenied
    return _show_desk(model_admin, request, story)


def build_teaser_desk(form: ArticleForm) -> TeaserDesk:
    """Return the teaser desk of this bound form. Writes nothing; the number of queries is bounded."""
    form.is_valid()
    story = apply_content(copy(form.story), form.content(), form.choices())
    pins = form.choices().related
    teasers, others = explain_related(story)
    shown_ids = {one.story.pk for one in teasers.compact + teasers.long}
    editable = set(Article.objects.editable_by(form.user).filter(pk__in=shown_ids).values_list("pk", flat=True))
    readable = Article.objects.readable_by(form.user).filter(pk__in=[one.story.pk for one in others])
    others_seen = set(readable.values_list("pk", flat=True))
    tells_all = form.user.has_perm("articles.view_any_article")
    row = partial(_row, editable=editable, tells_all=tells_all)
    compact = _teaser_rows("compact", teasers.compact, pins, story, row, form.unseen)
    long = _teaser_rows("long", teasers.long, pins, story, row, form.unseen)
    return TeaserDesk(
        [
            TeaserZone(_("Compact teasers, beside the story"), [*compact]),
            TeaserZone(_("Long teasers, below the story"), [*long]),
        ],
        [
            TeaserRow(one.story, one.why, _moves_of_rejected(one, pins), traits=one.traits if tells_all else NO_TRAITS)
            for one in others
            if one.story.pk in others_seen
        ],
    )


def fields_as_json(form: ArticleForm) -> str:
    """Return the related stories of a bound form for static/desk/teaser_desk.js: {name: [[word, label], …]}."""
    chosen: dict[str, Any] = {name: form[name].value() for name in RELATED_PLACES}
    return json.dumps({name: [[one.word, one.label] for one in rows] for name, rows in chosen.items()})


def _show_desk(model_admin: ArticleAdmin, request: HttpRequest, story: Article | None) -> HttpResponse:
    form_url = (
        reverse("admin:articles_article_change", args=[story.pk]) if story else reverse("admin:articles_article_add")
    )
    if request.method != "POST":
        query = request.META.get("QUERY_STRING")
        return HttpResponseRedirect(f"{form_url}?{query}" if query else form_url)
    form = model_admin.get_form(request, story, change=bool(story))
    moved = apply_move(request.POST, form(request.POST, instance=story or Article()))
    if "part" not in request.POST:
        return _show_whole_form(model_admin, request, story, moved, form_url)
    typed = form(moved.data, instance=story or Article())
    context = {
        "desk": build_teaser_desk(typed),
        "desk_address": request.path,
        "desk_fields": fields_as_json(typed),
        "moved": moved,
    }
    return TemplateResponse(request, "admin/articles/article/_teaser_desk.html", context)


def _show_whole_form(
    model_admin: ArticleAdmin, request: HttpRequest, story: Article | None, moved: MovedForm, form_url: str
) -> HttpResponse:
    """Show the form as it was sent, after this move."""
    asked = copy(request)
    asked.method = "GET"
    state = story_request_state(asked)
    state.typed, state.moved = moved.data, moved
    state.autosaves = list_autosaves(request, story.pk if story else None)
    return model_admin.show_form(asked, str(story.pk) if story else None, form_url)


def _teaser_rows(
    zone: str,
    teasers: list[Teaser],
    pins: dict[str, list[Article]],
    story: Article,
    row: Callable[[Teaser, MoveButtons], TeaserRow],
    unseen: set[int],
) -> Iterator[TeaserRow]:
    """Return the pinned stories in their order, including those that readers do not see, then the others."""
    standing = {teaser.story.pk: teaser for teaser in teasers}
    pinned = pins[f"pinned_{zone}"]
    movable = [pin for pin in pinned if pin.pk not in unseen]
    for pin in pinned:
        if pin.pk in unseen:
            teaser = standing.pop(pin.pk, None)  # public since the form was opened
            hidden = TeaserRow(None, _("pinned by a colleague; readers cannot see it now"), [])
            yield row(teaser, []) if teaser else hidden
            continue
        moves = _moves_of_pin(pin, is_first=pin == movable[0], is_last=pin == movable[-1])
        if teaser := standing.pop(pin.pk, None):
            yield row(teaser, moves)
        else:
            yield TeaserRow(pin, why_hidden(pin, story), moves)
    for teaser in standing.values():
        move = "pin-compact" if zone == "compact" else "pin-long"
        number = teaser.story.pk
        yield row(teaser, [(f"{move}:{number}", _("Pin here")), (f"never:{number}", _("Never here"))])


def _row(teaser: Teaser, moves: MoveButtons, *, editable: set[int], tells_all: bool) -> TeaserRow:
    """Return the row of a teaser. Without `tells_all`, no number in it counts stories that are scheduled."""
    number, why = teaser.story.pk, teaser.reason.describe(with_counts=tells_all)
    own_form = reverse("admin:articles_article_change", args=[number]) if number in editable else ""
    traits = teaser.reason.traits if tells_all else NO_TRAITS
    return TeaserRow(teaser.story, why, moves, teaser.text, traits, own_form)


def _moves_of_pin(pin: Article, *, is_first: bool, is_last: bool) -> MoveButtons:
    moves = [] if is_first else [(f"up:{pin.pk}", _("Up"))]
    moves += [] if is_last else [(f"down:{pin.pk}", _("Down"))]
    return [*moves, (f"unpin:{pin.pk}", _("Unpin")), (f"never:{pin.pk}", _("Never here"))]


def _moves_of_rejected(one: RejectedStory, pins: dict[str, list[Article]]) -> MoveButtons:
    """Return the moves of a rejected story; none where it is rejected everywhere: a pin would not bring it back."""
    number = one.story.pk
    if one.story.never_teased:
        return []
    if one.story in pins["never_here"]:
        return [(f"allow:{number}", _("Allow here again"))]
    return [(f"pin-compact:{number}", _("Pin compact")), (f"pin-long:{number}", _("Pin long"))]


def why_hidden(pin: Article, story: Article) -> str:
    """Return why readers do not see a pinned story beside this one."""
    if not pin.is_visible():
        return _("pinned, but readers cannot see it now: %(state)s") % {"state": state_of(pin).word}
    if pin.never_teased:
        return _("pinned, but never as a related story: an editor’s choice")
    if pin.language != story.language:
        return _("pinned, but in another language")
    return _("pinned, but there is no more room")
