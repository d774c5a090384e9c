"""Time zones by their names, days by the newsroom's clock."""

import datetime

import pytest

from articles.time_zones import find_zone, newsroom_day, place_of_zone, start_of_day, zone_name, zone_offset


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "a\0b", "x" * 5000])
def test_what_is_no_time_zone_is_none(name):
    assert find_zone(name) is None


def test_a_day_begins_at_midnight_in_the_newsroom(settings):
    settings.TIME_ZONE = "Africa/Lagos"  # UTC+01:00
    late = datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)
    assert newsroom_day(late) == datetime.date(2026, 3, 2)
    assert start_of_day(datetime.date(2026, 3, 2)) == datetime.datetime(2026, 3, 1, 23, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("zone", "name", "offset"),
    [("Africa/Lagos", "WAT", "UTC+01:00"), ("Asia/Kathmandu", "UTC+0545", "UTC+05:45"), ("UTC", "UTC", "UTC+00:00")],
)
def test_a_zone_is_named_for_people(zone, name, offset):
    local = datetime.datetime(2026, 3, 1, tzinfo=find_zone(zone))
    assert (zone_name(local), zone_offset(local)) == (name, offset)


@pytest.mark.parametrize(("key", "place"), [("Africa/Porto-Novo", "Porto-Novo"), ("Etc/GMT+3", ""), ("UTC", "")])
def test_a_zone_is_named_after_its_place(key, place):
    assert place_of_zone(key) == place
