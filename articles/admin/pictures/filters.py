"""The filters of the picture library. None counts: a page reads what it shows, and the rows that it passes over."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.admin.choice_filter import ChoiceFilter
from articles.models import Image
from articles.models.image_queryset import ImageQuerySet
from articles.time_zones import newsroom_day, start_of_day

NEWEST = 500  # pictures whose credits are offered
CREDITS_OFFERED = 12


class PictureUseFilter(ChoiceFilter):
    title = _("use")
    parameter_name = "use"
    choices_by_value = {
        "some": (_("In use"), ImageQuerySet.used),
        "none": (_("Not in use"), ImageQuerySet.unused),
    }


class MissingFilter(ChoiceFilter):
    title = _("what is missing")
    parameter_name = "missing"
    choices_by_value = {
        "alt": (_("Alternative text"), ImageQuerySet.undescribed),
        "credit": (_("Credit"), ImageQuerySet.without_credit),
    }


class YearFilter(admin.SimpleListFilter):
    """The year of the upload, in the newsroom's time zone."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        times = Image.objects.values_list("created_at", flat=True)
        oldest, newest = times.order_by("created_at").first(), times.order_by("-created_at").first()
        if oldest is None or newest is None:
            return []
        years = range(newsroom_day(newest).year, newsroom_day(oldest).year - 1, -1)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not re.fullmatch(r"(19|20|21)\d\d", self.value() or "", re.ASCII):
            return queryset
        first, after = (_new_year(int(self.value() or "") + step) for step in (0, 1))
        return queryset.filter(created_at__gte=first, created_at__lt=after)


class CreditFilter(admin.SimpleListFilter):
    """The usual credits, and the one that a card of the list leads to."""

    title = _("credit")
    parameter_name = "credit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        newest = Image.objects.order_by("-created_at", "-pk").values_list("credit", flat=True)[:NEWEST]
        usual = Counter(credit for credit in newest if credit).most_common(CREDITS_OFFERED)
        found = dict.fromkeys([*(credit for credit, _count in usual), *filter(None, [self.value()])])
        return [(credit, Truncator(credit).chars(60)) for credit in sorted(found, key=str.casefold)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        credit = (self.value() or "").replace("\0", "")
        return queryset.filter(credit=credit) if credit else queryset


def _new_year(year: int) -> datetime.datetime:
    return start_of_day(datetime.date(year, 1, 1))
