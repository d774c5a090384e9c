"""A field for a point in time: it names its zone, and what nobody changed stays the same to the microsecond.

A clock change skips an hour in spring: such a time is refused. In autumn it doubles one: then the field asks which.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.time_zones import find_zone, place_of_zone, zone_name, zone_offset

YEARS_TO_CHOOSE = range(1900, 2201)  # beyond them, converting between zones fails
PICKER_FORMAT = "%Y-%m-%dT%H:%M"  # as the browser's picker wants it


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time picker; a plain text box where there is none.

    Its value is the local time as text; for a time that comes twice, a space and 1 or 2 say which. What is sent also
    names the time zone that the form was shown in, as in “2026-03-20T18:00 @Africa/Lagos”: the person, or the newsroom,
    may have another one by then.
    """

    input_type = "datetime-local"
    supports_microseconds = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=PICKER_FORMAT)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        if not (local := data.get(name)):
            return ""
        turn, zone = data.get(f"{name}_turn") or "", data.get(f"{name}_zone")
        parts = [local, turn if turn in ("1", "2") else "", f"@{zone}" if zone else ""]
        return " ".join(filter(None, parts))

    def format_value(self, value: Any) -> str:
        return _parts(_converted(value))[0]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        zone = timezone.get_current_timezone()
        html = super().render(name, value, attrs, renderer)
        html += format_html('<input type="hidden" name="{}_zone" value="{}">', name, zone)
        text, turn = _parts(_converted(value))
        local = _parsed(text)
        moments = (
            possible_moments(local) if local and timezone.is_naive(local) and local.year in YEARS_TO_CHOOSE else []
        )
        if len(moments) < 2:
            return html
        options = [(number, str(number) == turn, moment) for number, moment in enumerate(moments, start=1)]
        return format_html(
            '{} <select name="{}_turn" aria-label="{}"><option value="">{}</option>{}</select>',
            html,
            name,
            gettext("Which of the two"),
            gettext("Which of the two?"),
            format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                (
                    (number, SafeString(" selected") if chosen else "", _turn_in_words(number, moment))
                    for number, chosen, moment in options
                ),
            ),
        )


class MomentField(forms.DateTimeField):
    """A moment in the desk's time zone.

    It refuses times that a clock change skips, and asks about those that it doubles.
    """

    widget = MomentInput

    def to_python(self, value: Any) -> datetime.datetime | None:
        typed, zone = _typed_in(str(value or ""))
        with timezone.override(zone):
            return self._moment_of(typed)

    def _moment_of(self, typed: str) -> datetime.datetime | None:
        text, turn = _parts(typed)
        if not text:
            return None
        local = _parsed(text)
        if local is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if local.year not in YEARS_TO_CHOOSE:
            raise ValidationError(_("Choose a year from %(first)d to %(last)d."), params=_bounds())
        if timezone.is_aware(local):
            return local
        return _choose_moment(possible_moments(local), turn)

    def prepare_value(self, value: Any) -> Any:
        return format_for_input(value) if isinstance(value, datetime.datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was shown: the picker drops seconds, and saving must not lose them."""
        typed, zone = _typed_in(data or "")
        with timezone.override(zone):
            return typed != (format_for_input(initial) if initial else "")


def possible_moments(local: datetime.datetime) -> list[datetime.datetime]:
    """Return the moments that a clock in this time zone shows this local time: none, one, or two in their order."""
    zone = timezone.get_current_timezone()
    found = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    real = [moment for moment in found if _in_own_time_zone(moment) == local.replace(fold=0)]
    return list({moment.astimezone(datetime.UTC): moment for moment in real}.values())


def format_for_input(value: Any) -> str:
    """Return the field's text for a moment: “2026-10-25T02:30”, with “ 1” or “ 2” where that time comes twice."""
    if not isinstance(value, datetime.datetime):
        return str(value or "")
    if timezone.is_naive(value):
        return value.strftime(PICKER_FORMAT)
    local = _in_own_time_zone(value)
    both = possible_moments(local.replace(second=0, microsecond=0))
    turn = f" {1 + timezone.localtime(value).fold}" if len(both) > 1 else ""
    return local.strftime(PICKER_FORMAT) + turn


def describe_zone() -> str:
    """Return the desk's time zone as it is now: “Lagos time (WAT, UTC+01:00)”."""
    now = timezone.localtime(clock.now())
    zone = str(timezone.get_current_timezone())
    names = {"zone": zone, "place": place_of_zone(zone), "name": zone_name(now), "offset": zone_offset(now)}
    if names["place"]:
        return gettext("%(place)s time (%(name)s, %(offset)s)") % names
    return gettext("Time of %(zone)s (%(name)s, %(offset)s)") % names


def _choose_moment(moments: list[datetime.datetime], turn: str) -> datetime.datetime:
    if not moments:
        raise ValidationError(_("The clocks go forward then and skip this time: choose another."), code="skipped")
    if len(moments) > 1 and not turn:
        raise ValidationError(
            _("The clocks go back then, and this time occurs twice: choose which one."), code="doubled"
        )
    return moments[int(turn) - 1 if len(moments) > 1 else 0]


def _turn_in_words(number: int, moment: datetime.datetime) -> str:
    words = gettext("the first time (%(zone)s)") if number == 1 else gettext("the second time (%(zone)s)")
    return words % {"zone": f"{zone_name(moment)}, {zone_offset(moment)}"}


def _typed_in(value: str) -> tuple[str, datetime.tzinfo]:
    """Return (the text without the zone, the zone) of a field's value: today's where none is named, or none known."""
    text, _at, zone = value.partition(" @")
    return text, find_zone(zone) or timezone.get_current_timezone()


def _converted(value: Any) -> str:
    """Return what the field shows of this value; what was typed in another zone, in this one if it can be read."""
    text, zone = _typed_in(format_for_input(value))
    if zone == timezone.get_current_timezone():
        return text
    try:
        return format_for_input(MomentField(required=False).to_python(format_for_input(value)))
    except ValidationError:
        return text


def _parts(text: str) -> tuple[str, str]:
    """Return (the local time, which of two) of a field's value."""
    text = text.strip()
    return (text[:-2], text[-1]) if text.endswith((" 1", " 2")) else (text, "")


def _in_own_time_zone(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC).astimezone(timezone.get_current_timezone()).replace(tzinfo=None, fold=0)


def _parsed(text: str) -> datetime.datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _bounds() -> dict[str, int]:
    return {"first": YEARS_TO_CHOOSE[0], "last": YEARS_TO_CHOOSE[-1]}
