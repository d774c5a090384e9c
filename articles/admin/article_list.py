"""The list of stories: what a desk needs at a glance, at the same price for a hundred stories or a million.

Nothing is counted: a page reads its rows and one more, which says whether there is a next page.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.admin import article_actions
from articles.admin.article_filters import LanguageFilter, MineFilter, PublishedFilter, StateFilter, TagFilter
from articles.models import Article, facet
from articles.search.query import parse
from articles.states import short_moment, state_of

ROWS = 50
PAGES = 100  # beyond them, the date or a search leads there faster
MATCHES = 2000  # newest stories that a search finds
NO_TEXT = ("body", "standfirst", "compact_text", "long_text")


class LookAheadPaginator(Paginator):
    """Knows the rows up to its current page and one more; so there is always a next page, or none."""

    def __init__(self, rows: Any, per_page: int, *, page: int) -> None:
        super().__init__(rows, per_page)
        self.current = page

    @cached_property
    def count(self) -> int:
        start = (self.current - 1) * self.per_page
        rows: Any = self.object_list
        return start + len(rows.values_list("pk")[start : start + self.per_page + 1])


class StoryList(ChangeList):
    may_retag = False

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        stories: Any = super().get_queryset(request, exclude_parameters)
        return stories.with_bylines().defer(*NO_TEXT)


class ArticleListAdmin(admin.ModelAdmin):
    list_display = ["title", "state", "section", "authors_line", "when"]
    list_display_links = ["title"]
    list_select_related = ["section"]
    list_filter = [TagFilter, StateFilter, MineFilter, "section", LanguageFilter, "label", PublishedFilter]
    list_per_page = ROWS
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()
    search_fields = ["headline"]  # shows the box; get_search_results answers
    search_help_text = _("Words of the headline or the text; “quotation marks” keep words together.")
    actions = [
        article_actions.submit,
        article_actions.publish,
        article_actions.publish_changes,
        article_actions.withdraw,
        article_actions.back_to_draft,
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StoryList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        found.may_retag = self.has_retag_permission(request)  # type: ignore[attr-defined]
        return found

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": _("Stories"), **(extra_context or {})})

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> Paginator:
        return LookAheadPaginator(queryset, per_page, page=page_number(request))

    def get_ordering(self, request: HttpRequest) -> Any:
        """By the time that a filter is about, else what was saved last."""
        state = request.GET.get("state")
        if state == "ended":
            return ["-unpublish_at", "-pk"]
        if state == "scheduled" or "published" in request.GET:
            return ["-publish_at", "-pk"]
        return ["-saved_at", "-pk"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """By the site's own index, within the chosen filters that it knows."""
        query = parse(search_term.replace("\0", " "))
        if not query:
            return (queryset.none() if search_term.strip() else queryset), False
        return queryset.filter(pk__in=search.matches(query, facets(request), limit=MATCHES)), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting is done on a story's own page, which tells what may be deleted."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_retag_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.retag_article")

    # Columns

    @admin.display(description=_("headline"))
    def title(self, story: Article) -> str:
        return str(story)

    @admin.display(description=_("status"))
    def state(self, story: Article) -> str:
        state = state_of(story)
        return format_html('<span class="state state-{}">{}</span>', state.name, state.word)

    @admin.display(description=_("authors"))
    def authors_line(self, story: Article) -> str:
        return ", ".join(str(byline.author) for byline in story.authors_in_order)

    @admin.display(description=_("when"))
    def when(self, story: Article) -> str:
        """When readers see it first, or when it was saved last."""
        if story.status == Article.Status.PUBLISHED and story.publish_at:
            return short_moment(story.publish_at)
        return str(_("saved %(time)s")) % {"time": short_moment(story.saved_at)}


def page_number(request: HttpRequest) -> int:
    """Of the list; 1 for anything that is none."""
    text = request.GET.get(PAGE_VAR, "1")
    return min(int(text), PAGES) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1


def facets(request: HttpRequest) -> list[str]:
    """The filters of this request that the search index knows."""
    state = request.GET.get("state", "")
    status = Article.Status.PUBLISHED if state in {"scheduled", "live", "ended"} else state
    chosen = {
        "section": request.GET.get("section__id__exact"),
        "language": request.GET.get("language"),
        "status": status,
    }
    return [facet(name, value) for name, value in chosen.items() if value and value.isalnum() and value.isascii()]
