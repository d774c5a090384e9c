"""The teaser desk of a story's form: what will stand beside it and why, and buttons that change it.

The buttons change what stands in the form, nothing else: pins are saved with the story. They are plain submit buttons,
so all of it works without JavaScript; the form comes back with everything that was typed.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from articles import pages, teasers
from articles.admin.choosers import BY_ID
from articles.models import RELATED, Article

MOVE = "_move"  # the name of the buttons; their value is a move, or nothing to look anew
PINS = ("pinned_compact", "pinned_long")
VALUE = re.compile(r"(pin|up|down|free):(pinned_compact|pinned_long|never_here):(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Button:
    label: str
    value: str
    about: str  # the whole of what it does, for those who do not see where it stands


@dataclass(frozen=True)
class Place:
    """One story on the desk."""

    story: Article
    why: str
    sum: str = ""  # how its points come about
    text: str = ""
    buttons: list[Button] = field(default_factory=list)
    may_change: bool = False  # this person may open its form, where it can be kept from every page


@dataclass(frozen=True)
class Zone:
    title: str
    places: list[Place]


@dataclass(frozen=True)
class Desk:
    zones: list[Zone]
    rejected: list[Place]


def desk(form: Any) -> Desk:
    """For what is in the form now. Writes nothing."""
    story = _as_in(form)
    zones, others = teasers.explained(story)
    ids = [one.story.pk for one in zones.compact + zones.long] + [one.story.pk for one in others]
    changeable = set(Article.objects.editable_by(form.user).among(ids).values_list("pk", flat=True))
    pinned = {name: [one.pk for one in (story.preview_related or {}).get(name, [])] for name in PINS}
    return Desk(
        [
            Zone(_("Beside the story"), [_place(one, PINS[0], pinned[PINS[0]], changeable) for one in zones.compact]),
            Zone(_("Below the story"), [_place(one, PINS[1], pinned[PINS[1]], changeable) for one in zones.long]),
        ],
        [
            Place(
                story=one.story,
                why=one.why,
                sum=one.kinship.sum,
                buttons=[_pin(one.story, name) for name in PINS],
                may_change=one.story.pk in changeable,
            )
            for one in others
        ],
    )


def _as_in(form: Any) -> Article:
    """The story with what is in the form; one that is public as the form shows it goes by what is stored."""
    story: Article = copy(form.story)
    if form.is_bound:
        form.is_valid()
        return pages.shown(story, form.content(), form.choices())
    if story.has_changes or story.status != Article.Status.PUBLISHED:
        return pages.saved_story(story)
    story.preview_related = story.stored_choices.related
    return story


def _place(teaser: teasers.Teaser, zone: str, pinned: list[int], changeable: set[int]) -> Place:
    story = teaser.story
    words = {"story": story}
    if story.pk in pinned:
        moves = [
            ("up", _("Up"), _("Move “%(story)s” up") % words, story.pk != pinned[0]),
            ("down", _("Down"), _("Move “%(story)s” down") % words, story.pk != pinned[-1]),
            ("free", _("Unpin"), _("Unpin “%(story)s”") % words, True),
        ]
        buttons = [Button(label, f"{move}:{zone}:{story.pk}", about) for move, label, about, can in moves if can]
    else:
        never = _("Never show “%(story)s” beside this story") % words
        buttons = [
            Button(_("Pin here"), f"pin:{zone}:{story.pk}", _("Pin “%(story)s” here") % words),
            Button(_("Never here"), f"pin:never_here:{story.pk}", never),
        ]
    points = teaser.reason.kinship.sum if teaser.reason.kind == "related" else ""
    return Place(story, str(teaser.reason), points, teaser.text, buttons, story.pk in changeable)


def _pin(story: Article, name: str) -> Button:
    value = f"pin:{name}:{story.pk}"
    if name == "pinned_compact":
        return Button(_("Pin beside"), value, _("Pin “%(story)s” beside the story") % {"story": story})
    return Button(_("Pin below"), value, _("Pin “%(story)s” below the story") % {"story": story})


def asked(request: HttpRequest) -> bool:
    """Whether a button of the desk was pressed, not one that saves."""
    return request.method == "POST" and MOVE in request.POST


def moved(form: Any, typed: QueryDict) -> QueryDict:
    """What was typed into this form, with the move done that was asked for; one that makes no sense does nothing."""
    data = typed.copy()
    match = VALUE.fullmatch(data.pop(MOVE)[-1])
    if match is None:
        return data
    verb, name, number = match[1], match[2], int(match[3])
    lists = {one: _ids(form, one) for one in RELATED}
    if verb == "pin":
        lists = {one: [pk for pk in ids if pk != number] for one, ids in lists.items()}
        lists[name].append(number)
    elif number in lists[name]:
        place = lists[name].index(number)
        lists[name].remove(number)
        if verb != "free":
            lists[name].insert(max(0, place + (-1 if verb == "up" else 1)), number)
    for one_name, ids in lists.items():
        data.setlist(one_name, [f"{BY_ID}{one}" if isinstance(one, int) else one for one in ids])
    return data


def _ids(form: Any, name: str) -> list[Any]:
    """The stories in this field by id; a word that names none stays as it was typed."""
    words = form[name].data or []
    found = form.fields[name].find(words)
    return [found[word].pk if word in found else word for word in words]
