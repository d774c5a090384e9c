"""The list of tags: how much each is used, and what it lacks, at the same price for fifty tags or fifty thousand.

A page reads its rows and one more; what is shown of their stories comes in one query for these rows alone.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.admin.long_list import LongList, LongListAdmin
from articles.admin.tags.files import TagFiles
from articles.admin.tags.filters import AlikeFilter, DescriptionFilter, TagUseFilter
from articles.admin.tags.housekeeping import TagHousekeeping
from articles.admin.tags.uses import TagUseFigures, draw_uses, find_tag_uses
from articles.dates import format_date
from articles.models import FormerAddress, Tag, TagAlias
from articles.models.vocabulary import path_of
from articles.slugs import tag_key

ALIAS_COUNT = Subquery(
    TagAlias.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk")).values("n")
)


class TagList(LongList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: Any = list(self.result_list)
        now = clock.now()
        uses = find_tag_uses(self.result_list, now)
        for tag in self.result_list:
            tag.uses = uses.get(tag.pk, TagUseFigures())  # gone since
            tag.seen_at = now
            tag.tells_all = tells_all(request)


class TagListAdmin(TagHousekeeping, TagFiles, LongListAdmin):
    list_display = ["name_column", "stories", "last_use", "past_year", "spellings", "described"]
    list_display_links = ["name_column"]
    list_filter = [TagUseFilter, AlikeFilter, DescriptionFilter]
    public_list = ["name_column", "last_use", "past_year", "spellings", "described"]
    public_filters = [AlikeFilter, DescriptionFilter]
    publicly_sortable = ["name_column", "spellings", "described"]
    ordering = ["key"]  # in the same order on both databases, with or without accents
    empty_value_display = ""
    search_fields = ["key"]  # shows the box; get_search_results answers
    search_help_text = _("Accents, capitals and punctuation do not matter; aliases and old addresses are found too.")

    class Media:
        css = {"all": ["desk/tag_list.css"]}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": _("Tags"), **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TagList

    # Only those who may open scheduled stories and drafts see numbers and times that include them.

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display if tells_all(request) else self.public_list

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self.list_filter if tells_all(request) else self.public_filters

    def get_sortable_by(self, request: HttpRequest) -> Any:
        return super().get_sortable_by(request) if tells_all(request) else self.publicly_sortable

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Tag], search_term: str
    ) -> tuple[QuerySet[Tag], bool]:
        key = tag_key(search_term)
        if not key:
            return queryset, False
        slug = search_term.strip().strip("/").rpartition("/")[2]  # of an address: /tag/togo/ or https://…/tag/togo/
        aliased = TagAlias.objects.filter(Q(key__contains=key) | Q(slug=slug)).values("tag")
        moved = FormerAddress.objects.filter(path=path_of(slug), tag__isnull=False).values("tag")
        return queryset.filter(Q(key__contains=key) | Q(slug=slug) | Q(pk__in=aliased) | Q(pk__in=moved)), False

    # Columns

    @admin.display(description=_("name"), ordering="key")
    def name_column(self, tag: Tag) -> str:
        return tag.name

    @admin.display(description=_("stories"), ordering="story_count")
    def stories(self, tag: Tag) -> SafeString | str:
        """Return the number of published stories, including scheduled ones, which leads to the list of them."""
        if not tag.story_count:
            return "0"
        return format_html(
            '<a href="{}?tag={}">{}</a>', reverse("admin:articles_article_changelist"), tag.pk, tag.story_count
        )

    @admin.display(description=_("last use"), ordering=OrderBy(F("last_used_at"), nulls_first=True))
    def last_use(self, tag: Any) -> str:
        """Return the last use that readers could see, and a scheduled one beside it."""
        day = _day(tag.uses.last) if tag.uses.last else ""
        if tag.tells_all and tag.last_used_at and tag.last_used_at > tag.seen_at:
            scheduled = gettext("scheduled: %(day)s") % {"day": _day(tag.last_used_at)}
            return f"{day} ({scheduled})" if day else scheduled
        return day

    @admin.display(description=_("past year"))
    def past_year(self, tag: Any) -> SafeString:
        return draw_uses(tag.uses, tag.seen_at)

    @admin.display(description=_("aliases"), ordering=Coalesce(ALIAS_COUNT, 0))
    def spellings(self, tag: Tag) -> str:
        return ", ".join(alias.name for alias in tag.aliases.all())

    @admin.display(description=_("description"), ordering=Length("description"))
    def described(self, tag: Tag) -> str:
        return gettext("yes") if tag.description else gettext("no")


def tells_all(request: HttpRequest) -> bool:
    """Return whether this person may know of stories that readers do not see."""
    return request.user.has_perm("articles.view_any_article")


def _day(moment: datetime.datetime) -> str:
    return format_date(timezone.localtime(moment), "DATE_FORMAT")
