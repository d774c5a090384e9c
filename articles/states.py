"""The state of a story, in words that an editor reads at a glance."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import clock
from articles.dates import format_date, format_day, format_moment
from articles.models import Article, Revision
from articles.time_zones import place_of_zone, zone_name

if TYPE_CHECKING:
    from articles.users import User


@dataclass(frozen=True)
class StoryState:
    name: str  # draft, returned, review, scheduled, live, ended or withdrawn
    word: str  # for a list: “Scheduled”
    sentence: str  # for the form: “Scheduled for Tue 25 November 2025, 18:00 WAT”


def state_of(article: Article, at: datetime.datetime | None = None) -> StoryState:
    """Return the story's state at this moment. No query for stories that were loaded `with_state`.

    A story that an editor sent back is a draft like any other where its last handover was not loaded.
    """
    at = at or clock.now()
    match article.status:
        case Article.Status.DRAFT if article.came_back:
            word, sentence = _("Came back"), _("Came back: the editor’s note says what to change")
            return StoryState("returned", word, _unscheduled(article, at, word) or sentence)
        case Article.Status.DRAFT:
            word, sentence = _("Draft"), _("Draft: only the newsroom sees it")
            return StoryState("draft", word, _unscheduled(article, at, word) or sentence)
        case Article.Status.IN_REVIEW:
            word, sentence = _("In review"), _("In review: an editor reads it next")
            return StoryState("review", word, _unscheduled(article, at, word) or sentence)
        case Article.Status.WITHDRAWN:
            return StoryState(
                "withdrawn", _("Withdrawn"), _("Withdrawn: readers are told that it is no longer available")
            )
    if article.publish_at and article.publish_at > at:
        return StoryState(
            "scheduled", _("Scheduled"), _("Scheduled for %(time)s") % {"time": format_moment(article.publish_at)}
        )
    if article.unpublish_at and article.unpublish_at <= at:
        return StoryState("ended", _("Ended"), _("Ended on %(time)s") % {"time": format_moment(article.unpublish_at)})
    word = _("Live")
    if article.has_changes:
        word = _("Live, changes pending")
        if article.due_id:
            word = _("Live, changes stuck") if article.stuck else _("Live, changes scheduled")
    since = format_moment(article.publish_at) if article.publish_at else ""
    if article.unpublish_at:
        until = format_moment(article.unpublish_at)
        return StoryState("live", word, _("Live since %(since)s, until %(until)s") % {"since": since, "until": until})
    return StoryState("live", word, _("Live since %(since)s") % {"since": since})


def _unscheduled(article: Article, at: datetime.datetime, word: str) -> str:
    """Return what to say of a story with a time at which nothing will happen; "" for one without."""
    if article.publish_at is None or article.publish_at <= at:
        return ""
    words = {"state": word, "time": format_moment(article.publish_at)}
    return _("%(state)s: not scheduled yet for %(time)s") % words


def describe_changes(article: Article) -> str:
    """Return what waits over a live story: “changes by Awa go live Tue 25 November 2025, 18:00 WAT”; "" for nothing."""
    parts = []
    if article.due and article.stuck:
        words = {"name": _writer(article.due), "time": format_moment(article.due.for_time or article.stuck.since)}
        parts.append(_("changes by %(name)s could not go live %(time)s") % words)
    elif article.due and article.due_at:
        words = {"name": _writer(article.due), "time": format_moment(article.due_at)}
        parts.append(_("changes by %(name)s go live %(time)s") % words)
    if article.waiting:
        parts.append(_("changes by %(name)s are waiting to be published") % {"name": _writer(article.waiting)})
    return "; ".join(parts)


def _writer(revision: Revision) -> str:
    return name_of(revision.saved_by) or _("somebody")


def name_of(person: User | None) -> str:
    """Return the name by which colleagues know somebody with a login; "" for nobody."""
    return person.get_full_name() or person.get_username() if person else ""


def describe_moment(moment: datetime.datetime) -> str:
    """Return “Monday 1 December at 06:00, Lagos time”, in the time zone of the desk; with the year if it is another."""
    local = timezone.localtime(moment)
    is_this_year = local.year == timezone.localtime(clock.now()).year
    return _("%(day)s at %(time)s, %(zone)s") % {
        "day": format_day(local, "MONTH_DAY_FORMAT" if is_this_year else "DATE_FORMAT"),
        "time": format_date(local, "TIME_FORMAT"),
        "zone": name_desk_zone(local),
    }


def name_desk_zone(local: datetime.datetime | None = None) -> str:
    """Return “Lagos time”, the time zone of the desk; “UTC”, as it is called then (now), for one without a place."""
    place = place_of_zone(str(timezone.get_current_timezone()))
    return _("%(place)s time") % {"place": place} if place else zone_name(local or timezone.localtime(clock.now()))


def format_moment_briefly(moment: datetime.datetime) -> str:
    """Return “18:00” today, else “25 November 2025, 18:00”, for a page that names the time zone of the desk once."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate(clock.now())
    return format_date(local, "TIME_FORMAT" if is_today else "DATETIME_FORMAT")


def format_moment_with_zone(moment: datetime.datetime) -> str:
    """Return “18:00 WAT” today, else “Tue 25 November 2025, 18:00 WAT”."""
    local = timezone.localtime(moment)
    if local.date() != timezone.localdate(clock.now()):
        return format_moment(moment)
    return f"{format_date(local, 'TIME_FORMAT')} {zone_name(local)}"
