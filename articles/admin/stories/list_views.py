"""The views above the list of stories: what an editor asks it for most, each with the number of its stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from articles.admin.stories.filters import narrow_to_state
from articles.models import Article, ArticleQuerySet, Byline, TrashEntry
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

MAX_COUNTED = 99  # stories of a view; more are “99+”
MINE = "mine"
VIEW_PARAMETERS = ("state", MINE)


@dataclass(frozen=True)
class ListView:
    name: str
    title: str
    filters: Mapping[str, str]
    select: Callable[[ArticleQuerySet], ArticleQuerySet]


@dataclass(frozen=True)
class ShownView:
    title: str
    url: str
    count: str  # “” where it says nothing
    is_current: bool


def _in_state(name: str, state: str, title: str) -> ListView:
    return ListView(name, title, {"state": state}, lambda stories: narrow_to_state(stories, state))


VIEWS = (
    _in_state("returned", "returned", gettext_noop("Came back")),
    _in_state("review", "review", gettext_noop("In review")),
    _in_state("scheduled", "scheduled", gettext_noop("Scheduled")),
    _in_state("changes", "changes", gettext_noop("Live with changes")),
)


def shown_views(request: HttpRequest) -> list[ShownView]:
    """Return all views for the person of this request. Two queries, which read MAX_COUNTED + 1 ids of each."""
    user = signed_in(request)
    counts = _count(_listed_ids(user))
    chosen = {name: value for name in VIEW_PARAMETERS if (value := request.GET.get(name))}
    views = [
        ShownView(pgettext("stories", "All"), "?", "", is_current=not chosen),
        ShownView(_("Mine"), "?mine=1", _number(counts[MINE]), is_current=chosen == {"mine": "1"}),
        *(_shown(view, counts[view.name], is_current=chosen == view.filters) for view in VIEWS),
    ]
    if admin.site.get_model_admin(TrashEntry).has_view_permission(request):
        entries = len(TrashEntry.objects.seen_by(user).values_list("pk")[: MAX_COUNTED + 1])
        url = reverse("admin:articles_trashentry_changelist")
        views.append(ShownView(_("Trash"), url, _number(entries), is_current=False))
    return views


def _shown(view: ListView, count: int, *, is_current: bool) -> ShownView:
    return ShownView(_(view.title), f"?{urlencode(view.filters)}", _number(count), is_current)


def _number(count: int) -> str:
    return f"{MAX_COUNTED}+" if count > MAX_COUNTED else str(count or "")


def _listed_ids(user: User) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Yield the name of each view and ids of its stories; one's own in two parts, each of which an index has."""
    yield MINE, Article.objects.filter(created_by=user).values("pk")
    yield MINE, Byline.objects.filter(author__user=user).values("article")
    seen = Article.objects.seen_by(user)
    for view in VIEWS:
        yield view.name, view.select(seen).values("pk")


def _count(lists: Iterable[tuple[str, QuerySet[Any]]]) -> Counter[str]:
    """Return how many stories the lists of each name have together, exactly up to MAX_COUNTED."""
    stories = Article.objects.order_by()
    parts = [
        stories.filter(pk__in=ids.order_by()[: MAX_COUNTED + 1]).values_list("pk", Value(name)) for name, ids in lists
    ]
    return Counter(name for _pk, name in parts[0].union(*parts[1:]))
