"""The use of each tag of a list: its last use, and a small chart of its stories in each month of the past year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils.dates import MONTHS_3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Tag, TaggedArticle
from articles.models.tag_queryset import last_use
from articles.time_zones import newsroom_day, start_of_day

MONTHS = 12
WIDTH, GAP, HEIGHT = 5, 1, 18  # height of a bar, in the drawing's own units


@dataclass(frozen=True)
class TagUseFigures:
    """The uses of one tag."""

    last: datetime.datetime | None = None  # when the newest story that readers could see came out
    months: tuple[int, ...] = (0,) * MONTHS  # stories, the oldest month first, this one last


def find_tag_uses(tags: Iterable[Tag], now: datetime.datetime) -> dict[int, TagUseFigures]:
    """Return the uses by the tag's id. One query, which looks up each month of each tag in an index."""
    months = {
        f"month_{number}": _stories_between(start, min(end, now))
        for number, (start, end) in enumerate(pairwise(months_until(now)))
    }
    rows = Tag.objects.filter(pk__in=[tag.pk for tag in tags]).order_by()
    found = rows.annotate(last=last_use(now), **months).values_list("pk", "last", *months)
    return {pk: TagUseFigures(last, tuple(count or 0 for count in counts)) for pk, last, *counts in found}


def months_until(now: datetime.datetime) -> list[datetime.datetime]:
    """Return the first instant of each of the twelve months that end with this one, and of the next month.

    In the newsroom's time zone.
    """
    local = newsroom_day(now)
    last = local.year * 12 + local.month  # months since the year 0, December being that of the year before
    numbers = range(last - MONTHS, last + 1)
    return [start_of_day(datetime.date(number // 12, number % 12 + 1, 1)) for number in numbers]


def draw_uses(uses: TagUseFigures, now: datetime.datetime) -> SafeString:
    """Return a bar chart of the months as SVG, with a text alternative; colours come from a style sheet."""
    highest = max(uses.months)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/>',
        [
            (number * (WIDTH + GAP), HEIGHT - height, WIDTH, height)
            for number, height in enumerate(bar_height(count, highest) for count in uses.months)
        ],
    )
    return format_html(
        '<svg class="year" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}</svg>',
        MONTHS * (WIDTH + GAP) - GAP,
        HEIGHT,
        *[describe_uses(uses, now)] * 2,
        bars,
    )


def bar_height(count: int, highest: int) -> int:
    """Return the height from 1 to HEIGHT: a month without stories is a line, and one with few can be seen.

    >>> bar_height(0, 40), bar_height(1, 40), bar_height(20, 40), bar_height(40, 40)
    (1, 3, 10, 18)
    """
    return max(3, round(count * (HEIGHT - 2) / highest) + 2) if count else 1


def describe_uses(uses: TagUseFigures, now: datetime.datetime) -> str:
    """Return “31 stories in the past year: Dec 0, Jan 3 …”."""
    if not any(uses.months):
        return _("No story in the past year")
    names = [MONTHS_3[month.month] for month in months_until(now)[:MONTHS]]
    listed = ", ".join(f"{str(name).capitalize()} {count}" for name, count in zip(names, uses.months, strict=True))
    return _("Stories in the past year: %(total)s (%(months)s)") % {"total": sum(uses.months), "months": listed}


def _stories_between(start: datetime.datetime, end: datetime.datetime) -> Subquery:
    links: Any = TaggedArticle.objects.filter(tag=OuterRef("pk"), status="published", publish_at__gte=start)
    return Subquery(links.filter(publish_at__lt=end).order_by().values("tag").annotate(n=Count("pk")).values("n"))
