"""The views above the list of stories: what an editor asks it for most, each with the number of its stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from articles.admin.stories.filters import narrow_to_state
from articles.models import Article, ArticleQuerySet, TrashEntry
from articles.users import signed_in

MAX_COUNTED = 99  # stories of a view; more are “99+”
VIEW_PARAMETERS = ("state", "mine")


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
    """Return all views for the person of this request. One query, which reads MAX_COUNTED + 1 ids of each."""
    seen = Article.objects.seen_by(signed_in(request))
    counts = _count({view.name: view.select(seen) for view in VIEWS})
    chosen = {name: value for name in VIEW_PARAMETERS if (value := request.GET.get(name))}
    views = [
        ShownView(pgettext("stories", "All"), "?", "", is_current=not chosen),
        ShownView(_("Mine"), "?mine=1", "", is_current=chosen == {"mine": "1"}),
        *(_shown(view, counts[view.name], is_current=chosen == view.filters) for view in VIEWS),
    ]
    if admin.site.get_model_admin(TrashEntry).has_view_permission(request):
        views.append(ShownView(_("Trash"), reverse("admin:articles_trashentry_changelist"), "", is_current=False))
    return views


def _shown(view: ListView, count: int, *, is_current: bool) -> ShownView:
    text = f"{MAX_COUNTED}+" if count > MAX_COUNTED else str(count or "")
    return ShownView(_(view.title), f"?{urlencode(view.filters)}", text, is_current)


def _count(lists: Mapping[str, Any]) -> Counter[str]:
    """Return how many stories each list has, MAX_COUNTED + 1 at most."""
    stories = Article.objects.order_by()
    parts = [
        stories.filter(pk__in=some.order_by().values("pk")[: MAX_COUNTED + 1]).values_list("pk", Value(name))
        for name, some in lists.items()
    ]
    return Counter(name for _pk, name in parts[0].union(*parts[1:], all=True))
