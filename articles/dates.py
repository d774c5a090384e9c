"""Days and moments in words, in the order of the language that is on."""

from __future__ import annotations

import datetime
import re

from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from articles.time_zones import zone_name


def format_date(day: datetime.date, form: str) -> str:
    """Return a day or moment in one of Django's formats, such as “DATE_FORMAT”; a French month begins with “1er”.

    https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date
    """
    pattern = formats.get_format(form)
    if day.day == 1:
        first = "".join(f"\\{letter}" for letter in pgettext("first day of a month, in a date", "1"))
        pattern = re.sub(r"(?<!\\)j", lambda _found: first, pattern)
    return formats.date_format(day, pattern)


def format_day(day: datetime.date, form: str = "DATE_FORMAT", *, weekday: str = "l") -> str:
    """Return “Monday 2 March 2026”, where the date has one of Django's named formats and the weekday is “l” or “D”.

    How both are put together is a string to translate, because Django's formats have no weekday.
    """
    return gettext("%(weekday)s %(date)s") % {"weekday": format_date(day, weekday), "date": format_date(day, form)}


def format_moment(moment: datetime.datetime) -> str:
    """Return “Tue 25 November 2025, 18:00 WAT”, in the time zone of the desk."""
    local = timezone.localtime(moment)
    return f"{format_day(local, 'DATETIME_FORMAT', weekday='D')} {zone_name(local)}"
