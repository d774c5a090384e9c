"""The list of stories: what a desk needs at a glance, at the same price for a hundred stories or a million."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import pictures, search
from articles.admin.long_list import LongListAdmin
from articles.admin.stories import actions, copying, retagging
from articles.admin.stories.author_filter import AuthorFilter, find_authors
from articles.admin.stories.filters import (
    AdviceFilter,
    MineFilter,
    PublishedFilter,
    SectionFilter,
    StateFilter,
    TagFilter,
)
from articles.admin.stories.language_filters import LanguageFilter, TranslationFilter
from articles.admin.stories.list_page import StoryChangeList
from articles.admin.stories.list_views import shown_views
from articles.admin.stories.permissions import ArticlePermissions
from articles.admin.stories.request_state import story_request_state
from articles.admin.stories.seen_versions import version_input
from articles.admin.stories.sorting import STORY_ORDERS
from articles.models import Article
from articles.models.search_entry import facet_term
from articles.search.query import parse_query
from articles.states import format_moment_briefly, name_desk_zone, state_of
from articles.users import signed_in

MATCHES = 2000  # newest stories that a search finds
MAX_TAGS_OF_ROW = 3  # of a story
STATUS_OF_STATES = {
    **dict.fromkeys(("scheduled", "live", "ended", "changes"), Article.Status.PUBLISHED),
    "returned": Article.Status.DRAFT,
}


def _name_times() -> str:
    return gettext("when (%(zone)s)") % {"zone": name_desk_zone()}


class ArticleListAdmin(ArticlePermissions, LongListAdmin):
    list_display = ["thumbnail", "title", "state", "section_link", "author_links", "when"]
    list_display_links = ["title"]
    list_filter = [
        TagFilter,
        AuthorFilter,
        StateFilter,
        AdviceFilter,
        MineFilter,
        ("section", SectionFilter),
        LanguageFilter,
        TranslationFilter,
        "label",
        PublishedFilter,
    ]
    sortable_by = ["when", *STORY_ORDERS]  # an index has the order of the first alone
    search_fields = ["headline"]  # shows the box; get_search_results answers
    search_help_text = _("Words of headline or text, or the name of an author; “quotation marks” keep words together.")
    actions = [
        actions.submit,
        actions.publish,
        actions.publish_changes,
        actions.withdraw,
        actions.back_to_draft,
        retagging.retag_selected,
        copying.copy_selected,
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StoryChangeList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        found.may_retag = self.has_retag_permission(request)  # type: ignore[attr-defined]
        found.may_tag_selected = retagging.retag_selected.__name__ in self.get_actions(request)  # type: ignore[attr-defined]
        found.views = shown_views(request)  # type: ignore[attr-defined]
        return found

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().changelist_view(request, extra_context)
        if found := getattr(response, "context_data", {}).get("cl"):
            found.link_row_forms(signed_in(request))
        if not story_request_state(request).search_is_whole and request.method == "GET":
            messages.warning(request, _("Only the newest stories were searched. Add a rarer word to find older ones."))
        return response

    def get_ordering(self, request: HttpRequest) -> Any:
        """Order by the time that a filter is about, otherwise by the last save; what goes live next comes first."""
        state = request.GET.get("state")
        if state == "ended":
            return ["-unpublish_at", "-pk"]
        if state == "scheduled":
            return ["publish_at", "pk"]
        in_language = state == "live" and request.GET.get("language")  # whose index on all three has this order
        if in_language or "published" in request.GET:
            return ["-publish_at", "-pk"]
        return ["-saved_at", "-pk"]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Search the site's own index, within the chosen filters that it knows, and the names of authors."""
        text = " ".join(search_term.replace("\0", " ").split())
        if not text:
            return queryset, False
        query, ids = parse_query(search_term.replace("\0", " ")), []
        if query:
            found = search.find_matching_stories(query, search_facets(request), limit=MATCHES)
            story_request_state(request).search_is_whole, ids = found.is_whole, found.ids
        authors = [] if text.isdecimal() else find_authors(text)
        return queryset.with_ids_or_signed_by(ids, authors), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out deleting: a story's own page says what may be deleted."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    # Columns

    @admin.display(description=_("picture"), empty_value="")
    def thumbnail(self, story: Article) -> str:
        return pictures.thumbnail(story.lead_image, 64, 43) if story.lead_image else ""

    @admin.display(description=_("headline"), ordering="headline")
    def title(self, story: Article) -> str:
        return str(story)

    @admin.display(description=_("status"), ordering="status")
    def state(self, story: Article) -> str:
        """Return the state as a word, and what an action sends of the row."""
        state, version = state_of(story), version_input(story)
        return format_html('<span class="state state-{}">{}</span>{}', state.name, state.word, version)

    @admin.display(description=_("section and tags"), ordering="section", empty_value="")
    def section_link(self, story: Article) -> str:
        """Return the section and the first tags, of which each leads to its stories."""
        section, tags = story.section, story.tags_in_order
        link = filter_link("section__id__exact", section.pk, section.label) if section else ""
        if not tags:
            return link
        links = format_html_join(
            ", ", "{}", ((filter_link("tag", one.pk, one.name),) for one in tags[:MAX_TAGS_OF_ROW])
        )
        more = f" +{len(tags) - MAX_TAGS_OF_ROW}" if len(tags) > MAX_TAGS_OF_ROW else ""
        return format_html('{} <span class="row-tags">{}{}</span>', link, links, more)

    @admin.display(description=_("authors"), empty_value="")
    def author_links(self, story: Article) -> str:
        """Return the authors, of whom each leads to their stories."""
        authors = [byline.author for byline in story.authors_in_order]
        return format_html_join(", ", "{}", ((filter_link("author", one.pk, str(one)),) for one in authors))

    @admin.display(description=lazy(_name_times, str)(), ordering="saved_at")
    def when(self, story: Article) -> str:
        """Return when readers see the story first, or when it was saved last; and the way to change its row."""
        text = str(_("saved %(time)s")) % {"time": format_moment_briefly(story.saved_at)}
        if story.status == Article.Status.PUBLISHED and story.publish_at:
            text = format_moment_briefly(story.publish_at)
        if story.changes_at:
            changes = gettext("changes: %(time)s") % {"time": format_moment_briefly(story.changes_at)}
            text = format_html('{} <span class="row-changes">{}</span>', text, changes)
        return format_html("{} {}", text, _link_to_row_form(story)) if story.row_form else text  # type: ignore[attr-defined]


def _link_to_row_form(story: Article) -> SafeString:
    """Return the link that static/desk/in_place.js opens in a dialog."""
    label = gettext("Change …")
    link = '<a class="change-row" href="{}" data-dialog aria-label="{} “{}”">{}</a>'
    return format_html(link, story.row_form, label, story, label)  # type: ignore[attr-defined]


def filter_link(parameter: str, value: object, label: str) -> SafeString:
    """Return a link to the list of those stories alone."""
    return format_html('<a href="?{}={}">{}</a>', parameter, value, label)


def search_facets(request: HttpRequest) -> list[str]:
    """Return the filters of this request that the search index knows."""
    state = request.GET.get("state", "")
    status = STATUS_OF_STATES.get(state, state)
    chosen = {
        "section": request.GET.get("section__id__exact"),
        "language": request.GET.get("language"),
        "status": status,
    }
    return [facet_term(name, value) for name, value in chosen.items() if value and value.isalnum() and value.isascii()]
