"""A field for a point in time: it names its zone, and what nobody changed stays the same to the microsecond."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.states import zone_name, zone_offset

YEARS = range(1900, 2201)  # beyond them, converting between zones fails


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time picker; a plain text box where there is none."""

    input_type = "datetime-local"
    supports_microseconds = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """In the newsroom's time zone. Refuses times that a clock change skips or doubles."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime.datetime | None:
        moment = super().to_python(value)
        if moment and moment.year not in YEARS:
            raise ValidationError(_("Choose a year from %(first)d to %(last)d."), params=_bounds())
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares what was shown: the picker drops seconds, and those must not get lost by saving."""
        shown = MomentInput().format_value(self.prepare_value(initial)) if initial else ""
        return (data or "") != (shown or "")


def zone_in_words() -> str:
    """“Africa/Lagos (WAT, UTC+01:00)”, as it is now."""
    now = timezone.localtime()
    return gettext("Time of %(zone)s (%(name)s, %(offset)s)") % {
        "zone": str(timezone.get_current_timezone()),
        "name": zone_name(now),
        "offset": zone_offset(now),
    }


def _bounds() -> dict[str, int]:
    return {"first": YEARS[0], "last": YEARS[-1]}
