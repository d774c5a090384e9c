"""The time field: it never shifts an instant, refuses skipped times and asks about doubled ones."""

import datetime
import zoneinfo
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.fields.moments import MomentField, MomentInput, possible_moments

PARIS, NEW_YORK, LAGOS = "Europe/Paris", "America/New_York", "Africa/Lagos"
ZONES = st.sampled_from(sorted(zoneinfo.available_timezones() - {"localtime"}))
MOMENTS = st.datetimes(datetime.datetime(1970, 1, 1), datetime.datetime(2199, 12, 30), timezones=st.just(datetime.UTC))


def form_data(name, value, turn="", zone=""):
    data = QueryDict(urlencode({name: value, f"{name}_turn": turn, f"{name}_zone": zone}))
    return MomentInput().value_from_datadict(data, {}, name)


def posted_again(moment):
    """Return the value that comes back when a form with this moment is sent unchanged."""
    shown = MomentField().prepare_value(moment)
    text, _space, turn = shown.partition(" ")
    return form_data("t", text, turn)


@given(ZONES, MOMENTS)
def test_no_form_shifts_an_instant(zone, moment):
    with timezone.override(zone):
        data = posted_again(moment)
        assert not MomentField().has_changed(moment, data)
        whole = moment.replace(second=0, microsecond=0)
        offset = timezone.localtime(moment).utcoffset()
        if not offset.seconds % 60:  # zones of long ago had seconds
            assert MomentField().clean(data) == whole


@given(ZONES, ZONES, MOMENTS)
def test_a_form_that_was_opened_in_another_time_zone_shifts_no_instant(zone, other, moment):
    with timezone.override(zone):
        text, _space, turn = MomentField().prepare_value(moment).partition(" ")
        offset = timezone.localtime(moment).utcoffset()
    with timezone.override(other):
        data = form_data("t", text, turn, zone)
        assert not MomentField().has_changed(moment, data)
        if not offset.seconds % 60:
            assert MomentField().clean(data) == moment.replace(second=0, microsecond=0)


def test_a_time_that_comes_back_to_another_time_zone_is_shown_as_its_clocks_show_it():
    data = form_data("publish_at", "2026-10-25T02:30", zone=LAGOS)
    with timezone.override(PARIS):
        html = MomentInput().render("publish_at", data)
        assert 'value="2026-10-25T02:30"' in html
        assert '<option value="1" selected>' not in html
        assert '<option value="2" selected>' in html
        assert '<input type="hidden" name="publish_at_zone" value="Europe/Paris">' in html


def test_what_cannot_be_read_in_its_time_zone_stays_as_it_was_typed():
    data = form_data("publish_at", "2026-03-29T02:30", zone=PARIS)
    with timezone.override(LAGOS):
        assert 'value="2026-03-29T02:30"' in MomentInput().render("publish_at", data)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "x" * 5000, "\0", "Europe"])
def test_a_time_zone_that_nobody_knows_is_that_of_the_desk(zone):
    with timezone.override(LAGOS):
        assert MomentField().clean(form_data("t", "2026-03-20T18:00", zone=zone)).hour == 18


@pytest.mark.parametrize(
    ("zone", "local"), [(PARIS, "2026-03-29T02:30"), (NEW_YORK, "2026-03-08T02:00"), (PARIS, "2026-03-29T02:00")]
)
def test_a_time_that_the_clocks_skip_is_refused(zone, local):
    with timezone.override(zone), pytest.raises(ValidationError) as refused:
        MomentField().clean(local)
    assert refused.value.code == "skipped"


@pytest.mark.parametrize(("zone", "local"), [(PARIS, "2026-10-25T02:30"), (NEW_YORK, "2026-11-01T01:00")])
def test_a_time_that_comes_twice_is_asked_about(zone, local):
    with timezone.override(zone):
        with pytest.raises(ValidationError) as asked:
            MomentField().clean(form_data("t", local))
        assert asked.value.code == "doubled"
        first, second = (MomentField().clean(form_data("t", local, turn)) for turn in ("1", "2"))
        assert second.astimezone(datetime.UTC) - first.astimezone(datetime.UTC) == datetime.timedelta(hours=1)


def test_the_question_stands_beside_the_field_with_the_answer_given():
    with timezone.override(PARIS):
        html = MomentInput().render("publish_at", "2026-10-25T02:30 2")
        assert 'name="publish_at_turn"' in html
        assert '<option value="2" selected>the second time (CET, UTC+01:00)</option>' in html
        assert "_turn" not in MomentInput().render("publish_at", "2026-10-25T03:30")


def test_a_stored_second_half_past_two_is_shown_as_the_second():
    moment = datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC)
    with timezone.override(PARIS):
        assert MomentField().prepare_value(moment) == "2026-10-25T02:30 2"


@pytest.mark.parametrize("hour", range(24))
def test_lagos_has_every_hour_once(hour):
    with timezone.override(LAGOS):
        for day in (datetime.datetime(2026, 3, 29, hour), datetime.datetime(2026, 10, 25, hour)):
            assert len(possible_moments(day)) == 1


@pytest.mark.parametrize("text", ["x", "2026-13-01T00:00", "2026-02-30T10:00", "1", "2026-10-25T02:30 3", "12:00"])
def test_nonsense_is_no_time(text):
    with pytest.raises(ValidationError):
        MomentField().clean(text)


@pytest.mark.parametrize("year", ["0001", "1899", "2201", "9999"])
def test_years_that_no_zone_can_hold_are_refused(year):
    with pytest.raises(ValidationError):
        MomentField().clean(f"{year}-01-01T00:00")


def test_nothing_is_no_time():
    assert MomentField(required=False).clean("") is None


def test_seconds_that_the_picker_does_not_show_are_no_change():
    moment = datetime.datetime(2026, 3, 20, 12, 0, 59, 999, tzinfo=datetime.UTC)
    assert not MomentField().has_changed(moment, MomentField().prepare_value(moment))
