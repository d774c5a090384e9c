"""The review of a story: notes between colleagues, and what changed since somebody last looked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from articles.models import Article, Revision, Visit

if TYPE_CHECKING:
    from articles.users import User

NOTES = 3  # newest ones shown in the form


@dataclass(frozen=True)
class Review:
    notes: list[Revision] = field(default_factory=list)  # newest first
    news: Visit | None = None  # the visit before, when colleagues have saved something since


def review_of(story: Article | None, user: User, *, opened: bool) -> Review:
    """Return what this person sees of the review of a story that they look at now or have just opened. At most five
    queries. Notes about text that was kept are the newsroom's own: nobody wrote them to colleagues.
    """
    if story is None:
        return Review()
    notes = story.revisions.saved().exclude(note="").newest_first().select_related("saved_by").defer("stored")[:NOTES]
    visit = Visit.objects.mark(story, user) if opened else Visit.objects.for_user(story, user)
    return Review(list(notes), visit if visit and visit.is_news_to(user) else None)
