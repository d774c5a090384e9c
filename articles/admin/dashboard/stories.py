"""The blocks of stories on the desk's front. Three queries, however many blocks and stories there are."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles import clock
from articles.admin.dashboard.blocks import ROWS_SHOWN, DashboardBlock, DashboardRow, list_url
from articles.models import Article, Revision
from articles.states import describe_changes, format_moment_with_zone, name_of
from articles.time_zones import newsroom_day, start_of_day

if TYPE_CHECKING:
    from articles.users import User

AHEAD = datetime.timedelta(hours=24)
SCHEDULED_SHOWN = 20  # a desk plans with the whole list
DescribeRow = Callable[[Any], DashboardRow]


@dataclass(frozen=True)
class DashboardStories:
    name: str
    title: str
    stories: QuerySet[Article]
    describe: DescribeRow
    empty: str
    filters: dict[str, str]
    limit: int = ROWS_SHOWN


def story_blocks(user: User) -> list[DashboardBlock]:
    """Return the blocks of stories that this person can do something about."""
    if not user.has_perm("articles.view_article"):
        return []
    lists = list(_lists(user))
    seen = Article.objects.seen_by(user)
    loaded = seen.select_related("section", "due__saved_by", "waiting__saved_by").with_state().with_bylines()
    loaded = loaded.defer("body", "due__stored", "waiting__stored").with_gaps().with_handovers().with_clashes(seen)
    found = loaded.first_of_each({each.name: each.stories[: each.limit] for each in lists})
    _attach_notes(found.get("came-back", []))
    return [_block(each, found[each.name]) for each in lists if found[each.name] or each.empty]


def _lists(user: User) -> Iterator[DashboardStories]:
    """Yield the lists of those who write, then those of everybody; each one only where this person can act on it."""
    seen, now = Article.objects.seen_by(user), clock.now()
    theirs = seen.editable_by(user)
    may_change, may_publish = user.has_perm("articles.change_article"), user.has_perm("articles.publish_article")
    if may_publish:
        yield DashboardStories("stuck", _("Changes that could not go live"), theirs.stuck(), _with_changes, "", {})
    if may_change:
        yield from _lists_of_writers(user)
        yield DashboardStories(
            "review",
            _("Waiting for review"),
            theirs.in_review().longest_waiting(),
            _waiting,
            _("Nothing is waiting. Stories that are submitted for review appear here, the longest waiting first."),
            {"state": "review"},
        )
    yield DashboardStories(
        "scheduled",
        _("Scheduled for the next 24 hours"),
        seen.scheduled(now).dated(from_=now, before=now + AHEAD).order_by("publish_at", "pk"),
        _scheduled,
        _("Nothing is scheduled. Set a publication time in a story’s form, then press “Schedule”.")
        if may_publish
        else _("None of your stories is scheduled."),
        {"state": "scheduled"},
        SCHEDULED_SHOWN,
    )
    if may_publish:
        yield DashboardStories(
            "changes",
            _("Live, with pending changes"),
            theirs.visible(now).with_changes().order_by("saved_at", "pk"),
            _with_changes,
            _("Readers see the newest version of every story."),
            {"state": "changes"},
        )
    if may_change:
        yield DashboardStories(
            "advice",
            _("With open advice"),
            theirs.with_open_advice().order_by("-saved_at", "-pk"),
            _with_advice,
            _("The newest stories follow the checklist’s advice."),
            {"advice": "1"},
        )
    today = newsroom_day(now)
    yield DashboardStories(
        "today",
        _("Went out today"),
        seen.that_went_out(start_of_day(today), now).newest_first(),
        _published,
        _("Nothing has gone out yet today."),
        {"published": today.isoformat()},
    )


def _lists_of_writers(user: User) -> Iterator[DashboardStories]:
    mine = Article.objects.seen_by(user).owned_by(user).order_by("-saved_at", "-pk")
    yield DashboardStories(
        "came-back",
        _("Came back to you"),
        mine.came_back(),
        _came_back,
        _("Nothing came back. What an editor sends back to you appears here, with the note."),
        {"state": "returned", "mine": "1"},
    )
    yield DashboardStories(
        "drafts",
        _("Your drafts"),
        mine.begun_drafts(),
        _saved,
        _("You have no drafts. Press “New story” to begin one."),
        {"state": "draft", "mine": "1"},
    )


def _block(each: DashboardStories, stories: list[Article]) -> DashboardBlock:
    rows = [each.describe(story) for story in stories]
    return DashboardBlock(
        each.name, each.title, rows, each.empty, list_url("article", **each.filters) if each.filters else ""
    )


def _attach_notes(stories: list[Any]) -> None:
    """Load why these stories were sent back. One query; none for no stories."""
    numbers = [story.sent_back_id for story in stories]
    notes = Revision.objects.select_related("saved_by").defer("stored").in_bulk(numbers) if numbers else {}
    for story in stories:
        story.sent_back = notes[story.sent_back_id]


# What a row says


def _came_back(story: Any) -> DashboardRow:
    back = story.sent_back
    return _row(story, name_of(back.saved_by), format_moment_with_zone(back.saved_at), note=back.note)


def _saved(story: Article) -> DashboardRow:
    return _row(story, _("saved %(time)s") % {"time": format_moment_with_zone(story.saved_at)})


def _waiting(story: Any) -> DashboardRow:
    return _row(story, _("waiting for %(time)s") % {"time": timesince(story.handed_in_at, clock.now(), depth=1)})


def _scheduled(story: Any) -> DashboardRow:
    warning = _("Another story of this section begins in the same minute.") if story.clashes else ""
    return _row(story, format_moment_with_zone(story.publish_at), warning=warning)


def _published(story: Any) -> DashboardRow:
    return _row(story, format_moment_with_zone(story.publish_at))


def _with_changes(story: Article) -> DashboardRow:
    return _row(story, describe_changes(story))


def _with_advice(story: Any) -> DashboardRow:
    return _row(story, ", ".join(_open_advice(story)))


def _open_advice(story: Any) -> Iterator[str]:
    """Yield what the story lacks of the checklist's advice, and its pictures without alternative text."""
    lacks = {
        _("no standfirst"): story.lacks_standfirst,
        _("no byline"): story.lacks_author,
        _("no tag"): story.lacks_tag,
        _("a picture without credit"): story.lacks_credit,
        _("a picture without alternative text"): story.lacks_alt,
        _("TK or XXX, still to be filled in"): story.lacks_placeholder,
        _("a link to a story that is gone"): story.lacks_links,
        _("a teaser that begins with a place, a date or a byline"): story.lacks_teaser_text,
    }
    yield from (text for text, is_lacking in lacks.items() if is_lacking)


def _row(story: Article, *facts: str, **more: str) -> DashboardRow:
    section = story.section.label if story.section else ""
    authors = ", ".join(str(byline.author) for byline in story.authors_in_order)
    url = reverse("admin:articles_article_change", args=[story.pk])
    return DashboardRow(str(story), url, [text for text in (*facts, section, authors) if text], **more)
