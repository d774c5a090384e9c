"""Long lists in pages, without counting them: each reads one row more than it shows, to know whether more follow.

A page of stories begins below a place in the list, `?before=2024-05-17-083000-123`: the time (UTC) and number of the
story above it, which may be gone. So what a page shows does not shift when new stories arrive, and the last page of a
long list costs what the first does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from articles import clock, keys
from articles.models import ArticleQuerySet
from articles.sql.compiled_query import CompiledQuery, param
from articles.sql.keyset import ListPosition
from articles.sql.lookups import LARGEST_INTEGER

STORIES_PER_PAGE = 20  # stories
SECONDS, MICROSECONDS = "%Y-%m-%d-%H%M%S", "%Y-%m-%d-%H%M%S.%f"


@dataclass(frozen=True)
class ListPage:
    """One page of a list. Addresses are paths of this site, "" where there is no such page."""

    items: list[Any]
    address: str  # the canonical one: the first page has no query of its own
    previous: str = ""  # nearer to the beginning
    next: str = ""
    number: int = 0  # of a page that has one
    months: list[str] | None = None  # in which all came out that it depends on, if that is known

    @property
    def is_first(self) -> bool:
        return not self.previous

    def list_keys(self, key: str) -> list[str]:
        """Return the keys of what it depends on in the list of this key."""
        return keys.of_months(key, self.months)


class StoryList:
    """A list of stories, newest first: `build` returns its QuerySet, with params of visible(param("at")) and others."""

    def __init__(self, build: Callable[[], ArticleQuerySet]) -> None:
        self.build = build
        place = (param("time"), param("story"))
        self._first = CompiledQuery(lambda: _shown(build()))
        self._below = CompiledQuery(lambda: _shown(build().older_than(place)))
        self._above = CompiledQuery(lambda: build().newer_than(place).only("publish_at")[: STORIES_PER_PAGE + 1])

    def page(self, request: HttpRequest, at: datetime.datetime | None = None, **values: Any) -> ListPage:
        """Return the page of this address as at this instant (now), ready for teasers; only the first may be empty.

        One query for the first page, one more for others: what stands above leads back, and gives each page one
        address. Raises Http404 past the end.
        """
        values["at"] = at or clock.now()
        asked = request.GET.get("before")
        found = self._first.fetch(**values) if asked is None else self._below.fetch(**values, **_given(place_in(asked)))
        shown, above = found[:STORIES_PER_PAGE], list[ListPosition]()
        if asked is not None:
            if not shown:
                raise Http404("past the end")
            above = [_place_of(story) for story in self._above.fetch(**values, **_given(_place_of(shown[0])))]
        path = request.path
        return ListPage(
            shown,
            address=_before(path, above[0]) if above else path,
            previous=_before(path, above[STORIES_PER_PAGE]) if len(above) > STORIES_PER_PAGE else path if above else "",
            next=_before(path, _place_of(shown[-1])) if len(found) > STORIES_PER_PAGE else "",
            months=_months(found[-1], above, values["at"]) if len(found) > STORIES_PER_PAGE else None,
        )


def _months(below: Any, above: list[ListPosition], at: datetime.datetime) -> list[str] | None:
    """Return the months from the story below a page to those above it; on top any may come. A page ends at midnight."""
    last = above[STORIES_PER_PAGE][0] if len(above) > STORIES_PER_PAGE else at + datetime.timedelta(days=1)
    return keys.months_between(below.publish_at, last)


def _shown(stories: ArticleQuerySet) -> ArticleQuerySet:
    return stories.with_teaser_parts().with_bylines()[: STORIES_PER_PAGE + 1]


def _given(place: ListPosition) -> dict[str, Any]:
    time, story = place
    return {"time": time, "story": story}


def page_from(nouns: QuerySet[Any], request: HttpRequest, per_page: int) -> ListPage:
    """Return the page of authors or tags, by slug, that begins at `?from=`: a slug, or how slugs begin.

    One query for the first page, one more for others. Raises Http404 past the end, but for a single letter.
    """
    start = request.GET.get("from", "")
    if not re.fullmatch("[-a-zA-Z0-9_]{0,200}", start):
        raise Http404("no slug")
    found = list(nouns.filter(slug__gte=start).order_by("slug")[: per_page + 1])
    if not found and len(start) > 1:
        raise Http404("past the end")
    shown, above = found[:per_page], list[str]()
    if start:
        before = nouns.filter(slug__lt=start).order_by("-slug")
        above = list(before.values_list("slug", flat=True)[: per_page + 1])
    path = request.path
    return ListPage(
        shown,
        address=_from(path, shown[0].slug if shown else start) if above else path,
        previous=_from(path, above[per_page - 1]) if len(above) > per_page else path if above else "",
        next=_from(path, found[per_page].slug) if len(found) > per_page else "",
    )


def place_in(text: str) -> ListPosition:
    """Return the place that an address names. Raises Http404 for any other text, even another spelling of a place."""
    time, _dash, story = text.rpartition("-")
    try:
        moment = datetime.datetime.strptime(time, MICROSECONDS if "." in time else SECONDS)
        place = moment.replace(tzinfo=datetime.UTC), int(story)
    except ValueError:
        raise Http404("no place") from None
    if written(place) != text or place[1] > LARGEST_INTEGER:
        raise Http404("no place")
    return place


def written(place: ListPosition) -> str:
    """Return a place as addresses name it.

    >>> written((datetime.datetime(2024, 5, 17, 8, 30, tzinfo=datetime.UTC), 123))
    '2024-05-17-083000-123'
    """
    time, story = place
    return f"{time.astimezone(datetime.UTC):{MICROSECONDS if time.microsecond else SECONDS}}-{story}"


def _place_of(story: Any) -> ListPosition:
    return story.publish_at, story.pk


def _before(path: str, place: ListPosition) -> str:
    return f"{path}?before={written(place)}"


def _from(path: str, slug: str) -> str:
    return f"{path}?from={slug}"
