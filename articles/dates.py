"""Days and moments in words, in the order of the language that is on."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.time_zones import zone_name


def format_day(day: datetime.date, form: str = "DATE_FORMAT", *, weekday: str = "l") -> str:
    """Return “Monday 2 March 2026”, where the date has one of Django's named formats and the weekday is “l” or “D”.

    How both are put together is a string to translate, because Django's formats have no weekday.
    """
    return gettext("%(weekday)s %(date)s") % {"weekday": date_format(day, weekday), "date": date_format(day, form)}


def format_moment(moment: datetime.datetime) -> str:
    """Return “Tue 25 November 2025, 18:00 WAT”, in the time zone of the desk."""
    local = timezone.localtime(moment)
    return f"{format_day(local, 'DATETIME_FORMAT', weekday='D')} {zone_name(local)}"
