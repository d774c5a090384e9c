"""A page of the list of stories: which stories, in which order, loaded with what their columns show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.long_list import LongList
from articles.admin.stories.filters import TagFilter
from articles.admin.stories.list_views import ShownView
from articles.admin.stories.row_form import row_form_url
from articles.admin.stories.sorting import MAX_SORTED, STORY_ORDERS
from articles.models import Article

if TYPE_CHECKING:
    from articles.users import User

NO_TEXT = ("body", "standfirst", "compact_text", "long_text")


class StoryChangeList(LongList):
    may_retag = False  # all that was found
    may_tag_selected = False
    views: Sequence[ShownView] = ()  # above the list
    own_order: Sequence[str] = ()  # where no other is asked for
    whole: Any  # all that was found, also what is too much for the list
    sorted_part = 0  # stories that were sorted, where there are more

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        return _with_columns(super().get_queryset(request, exclude_parameters))

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Article]) -> list[Any]:
        """Return the list's own order, or the other way round: the index that carries one carries both."""
        self.own_order = [str(name) for name in self.model_admin.get_ordering(request)]
        column, direction = self.sorted_column()
        if column != "when":
            return self.own_order
        return [("-" if direction == "desc" else "") + name.removeprefix("-") for name in self.own_order]

    def get_ordering_field_columns(self) -> dict[int, Literal["desc", "asc"]]:
        column, direction = self.sorted_column()
        return {self.list_display.index(column): direction}

    def sorted_column(self) -> tuple[str, Literal["desc", "asc"]]:
        """Return the name and direction of the one column that sorts: “When” in the list's own where none is asked."""
        asked = super().get_ordering_field_columns() if ORDER_VAR in self.params else {}
        names = dict(enumerate(self.list_display))
        sortable = [(str(names[place]), direction) for place, direction in asked.items() if place in names]
        own: Literal["desc", "asc"] = "desc" if self.own_order[0].startswith("-") else "asc"
        return next((one for one in sortable if one[0] in (self.sortable_by or ())), ("when", own))

    @property
    def is_newest_first(self) -> bool:
        return self.sorted_column() == ("when", "desc")

    def get_results(self, request: HttpRequest) -> None:
        self.whole = self.queryset
        for one in self.filter_specs:
            if isinstance(one, TagFilter):
                self.queryset = one.newest(self.queryset)
        super().get_results(request)
        column, direction = self.sorted_column()
        if order := STORY_ORDERS.get(column):
            ids = order.sort(self.queryset, descending=direction == "desc")
            self.sorted_part = len(ids) if len(ids) == MAX_SORTED else 0
            self.result_list = self._page_of(ids)

    def _page_of(self, ids: list[int]) -> list[Article]:
        """Return the stories of the current page of these."""
        start = (self.page_num - 1) * self.list_per_page
        shown = ids[start : start + self.list_per_page]
        stories = _with_columns(Article.objects.all()).in_bulk(shown)
        return [stories[pk] for pk in shown if pk in stories]

    def link_row_forms(self, user: User) -> None:
        """Give each row the address of its form, "" where this person may not change the story. One query."""
        query = self.get_query_string().removeprefix("?")
        editable = Article.objects.editable_by(user).among([story.pk for story in self.result_list])
        ids = set(editable.values_list("pk", flat=True))
        for story in self.result_list:
            story.row_form = row_form_url(story, query) if story.pk in ids else ""


def _with_columns(stories: Any) -> QuerySet[Article]:
    """Load what the columns show in the same query."""
    loaded: QuerySet[Article] = stories.with_state().with_bylines().with_tags().select_related("section", "lead_image")
    return loaded.defer(*NO_TEXT)
