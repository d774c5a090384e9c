"""The list of stories in the order of a column, which no index has under every filter of the list.

What the list can show in its own order is read by the index of that order and compared in memory. It costs the same
in a large archive, and both databases give the same order.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from articles import clock
from articles.admin.long_list import MAX_PAGES, ROWS_PER_PAGE
from articles.models import Article, ArticleQuerySet, Revision, Section
from articles.slugs import tag_key

MAX_SORTED = MAX_PAGES * ROWS_PER_PAGE  # stories: as many as the list can show in its own order


@dataclass(frozen=True)
class StoryOrder:
    """The order of a column, by a sort key for each story: a function of these values of its row."""

    names: tuple[str, ...]
    make_key: Callable[[], Callable[..., Any]]

    def sort(self, stories: ArticleQuerySet, *, descending: bool) -> list[int]:
        """Return the ids of the first MAX_SORTED stories in this order; equal ones stay as they are. Two queries."""
        key = self.make_key()
        rows = list(stories.values_list("pk", *self.names)[:MAX_SORTED])
        rows.sort(key=lambda row: key(*row[1:]), reverse=descending)
        return [row[0] for row in rows]


def _headline_key() -> Callable[..., Any]:
    """Return a key by which accents and quotation marks do not matter, and stories without a headline are last."""
    return lambda headline: (not headline, tag_key(headline))


def _section_key() -> Callable[..., Any]:
    """Return a key by the names in the language of the desk; stories without a section are last."""
    places = {section.pk: (0, tag_key(section.label)) for section in Section.objects.all()}
    return lambda section: places.get(section, (1, ""))


def _state_key() -> Callable[..., Any]:
    """Return a key by which stories are in the order of the work: what came back is first, what is over last."""
    now, status = clock.now(), Article.Status

    def key(
        stored: str, publish_at: datetime.datetime | None, unpublish_at: datetime.datetime | None, handover: str
    ) -> int:
        match stored:
            case status.DRAFT:
                return 0 if handover == Revision.Event.SENT_BACK else 1
            case status.IN_REVIEW:
                return 2
            case status.WITHDRAWN:
                return 6
        if publish_at and publish_at > now:
            return 3
        return 5 if unpublish_at and unpublish_at <= now else 4

    return key


# By the names of columns of the list.
STORY_ORDERS = {
    "title": StoryOrder(("headline",), _headline_key),
    "state": StoryOrder(("status", "publish_at", "unpublish_at", "last_handover"), _state_key),
    "section_link": StoryOrder(("section",), _section_key),
}
