"""The filters of the list of stories. Each one is answered by an index, however large the archive."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models import Article, ArticleQuerySet, Section, Tag, TaggedArticle
from articles.time_zones import start_of_day
from articles.users import signed_in

NEWEST_SEARCHED_FOR_OPTIONS = 500  # stories of a tag that the list shows, of each status


def narrow_to_state(stories: ArticleQuerySet, state: str) -> ArticleQuerySet:
    """Return the stories that are in this state of the list; all of them for an unknown state."""
    now = clock.now()
    match state:
        case "draft" | "review" | "withdrawn" as status:
            return stories.filter(status=status)
        case "returned":
            return stories.came_back()
        case "scheduled":
            return stories.scheduled(now)
        case "live":
            return stories.visible(now)
        case "changes":
            return stories.visible(now).with_changes()
        case "ended":
            return stories.ended(now)
    return stories


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draft", gettext("Draft")),
            ("returned", gettext("Came back")),
            ("review", gettext("In review")),
            ("scheduled", gettext("Scheduled")),
            ("live", gettext("Live")),
            ("changes", gettext("Live, changes pending")),
            ("ended", gettext("Ended")),
            ("withdrawn", gettext("Withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return narrow_to_state(queryset, self.value() or "")


class AdviceFilter(admin.SimpleListFilter):
    """The newest stories that lack something which the checklist advises."""

    title = _("checklist")
    parameter_name = "advice"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", gettext("Open advice"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.with_open_advice() if self.value() else queryset


class MineFilter(admin.SimpleListFilter):
    """One's own stories, which a view above the list chooses."""

    title = _("writer")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", gettext("My stories"))] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.owned_by(signed_in(request)) if self.value() else queryset


class SectionFilter(admin.RelatedFieldListFilter):
    """The sections by their names in the language of the desk, and the stories without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display: Any = gettext("No section")

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(section.pk, section.label) for section in Section.objects.all()]


class TagFilter(admin.SimpleListFilter):
    """Stories with one tag, chosen on its page: there are too many to choose from here."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        text = self.value()
        if not text:
            return []
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
        self.tag = Tag.objects.current_by_id([number]).get(number)
        return [(text, str(self.tag or gettext("A tag that no longer exists")))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(Exists(TaggedArticle.objects.filter(tag=self.tag, content_object=OuterRef("pk"))))

    def newest(self, queryset: Any) -> Any:
        """Return the newest stories of each status, so that nothing is sorted afterwards: half of the archive may have
        the tag.
        """
        links = TaggedArticle.objects.filter(tag=self.tag).order_by("-publish_at")
        stories = links.values_list("content_object", flat=True)
        newest = (stories.filter(status=status)[:NEWEST_SEARCHED_FOR_OPTIONS] for status in Article.Status)
        return queryset.filter(pk__in=[story for part in newest for story in part])


class PublishedFilter(admin.SimpleListFilter):
    """Year, then month, then day, as in a calendar: nothing is counted, so nothing is read."""

    title = _("publication time")
    parameter_name = "published"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.stories = Article.objects.seen_by(signed_in(request))  # others may be scheduled for a year of their own
        return [("", "")]  # the choices depend on what is chosen: see below

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        period = period_of(self.value() or "")
        return queryset.published_between(*period) if period else queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        chosen = self.value() or ""
        if not period_of(chosen):
            chosen = ""
        links = [("", gettext("Any time")), *_above(chosen), *_below(chosen, self.stories)]
        for value, label in links:
            yield {
                "selected": value == chosen,
                "query_string": changelist.get_query_string({self.parameter_name: value or None}),
                "display": label,
            }


def period_of(text: str) -> tuple[datetime.datetime, datetime.datetime] | None:
    """Return the first instant of a year, month or day of the newsroom's time zone, and the first after it.

    `text` is 2025, 2025-11 or 2025-11-24; None for anything else.
    """
    if not re.fullmatch(r"(19|20|21)\d\d(-\d\d(-\d\d)?)?", text, re.ASCII):
        return None
    numbers = [int(part) for part in text.split("-")]
    try:
        first = datetime.date(*(numbers + [1, 1])[:3])
    except ValueError:
        return None
    match len(numbers):
        case 1:
            after = first.replace(year=first.year + 1)
        case 2:
            after = (first + datetime.timedelta(days=31)).replace(day=1)
        case _:
            after = first + datetime.timedelta(days=1)
    return start_of_day(first), start_of_day(after)


def _above(chosen: str) -> list[tuple[str, str]]:
    """Return the way back: the year of a month, the month of a day, and what is chosen itself."""
    parts = chosen.split("-") if chosen else []
    return [("-".join(parts[: depth + 1]), _period_label(parts[: depth + 1])) for depth in range(len(parts))]


def _below(chosen: str, stories: ArticleQuerySet) -> list[tuple[str, str]]:
    """Return what lies in the period: years, months of a year, days of a month."""
    match [int(part) for part in chosen.split("-") if part]:
        case []:
            return [(str(year), str(year)) for year in _years(stories)]
        case [year]:
            return [(f"{chosen}-{month:02}", _period_label([str(year), str(month)])) for month in range(1, 13)]
        case [year, month]:
            days = range(1, calendar.monthrange(year, month)[1] + 1)
            return [(f"{chosen}-{day:02}", str(day)) for day in days]
    return []


def _period_label(parts: list[str]) -> str:
    match [int(part) for part in parts]:
        case [year, month]:
            return f"{MONTHS[month]} {year}"
        case [_year, _month, day]:
            return str(day)
    return parts[0]


def _years(stories: ArticleQuerySet) -> list[int]:
    """Return the years from the newest story's to the oldest one's, with two lookups in an index."""
    times = stories.filter(publish_at__isnull=False).values_list("publish_at", flat=True)
    oldest, newest = times.order_by("publish_at").first(), times.order_by("-publish_at").first()
    if oldest is None or newest is None:
        return []
    zone = timezone.get_default_timezone()
    first, last = (timezone.localtime(moment, zone).year for moment in (oldest, newest))
    return list(range(last, first - 1, -1))
