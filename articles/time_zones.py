"""Time zones: found by their names, and named for people."""

from __future__ import annotations

import datetime
import zoneinfo

from django.utils import timezone


def find_zone(name: str) -> zoneinfo.ZoneInfo | None:
    """Return the time zone with this name, None where this machine knows none.

    >>> find_zone("Africa/Lagos"), find_zone("Mars/Olympus"), find_zone("../etc/passwd"), find_zone("")
    (zoneinfo.ZoneInfo(key='Africa/Lagos'), None, None, None)
    """
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, OSError, ValueError):
        return None


def newsroom_day(moment: datetime.datetime) -> datetime.date:
    """Return the day that this moment is on in the newsroom."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def start_of_day(day: datetime.date) -> datetime.datetime:
    """Return the first instant of a day in the newsroom."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def zone_name(local: datetime.datetime) -> str:
    """Return “WAT”, or “UTC+03” where the zone has no name of its own."""
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


def place_of_zone(key: str) -> str:
    """Return the place that a time zone is named after, "" for a zone without one.

    >>> place_of_zone("Africa/Lagos"), place_of_zone("America/Argentina/Buenos_Aires"), place_of_zone("UTC")
    ('Lagos', 'Buenos Aires', '')
    """
    _area, _slash, place = key.rpartition("/")
    return place.replace("_", " ") if _area and _area != "Etc" else ""


def zone_offset(local: datetime.datetime) -> str:
    """Return “UTC+01:00”."""
    offset = f"{local:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"
