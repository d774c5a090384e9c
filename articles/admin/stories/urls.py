"""The addresses of stories on the desk, beside those of Django's admin. Their views live in the modules named here.

Each view is given the admin, which knows who may do what (permissions.py), and the request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles.admin.stories import (
    autosaves,
    conflicts,
    copying,
    history,
    original,
    presence,
    preview,
    retagging,
    row_form,
    sharing,
    suggestions,
    teaser_box,
    teaser_desk,
    translating,
)
from articles.admin.stories.form import checklist, scheduling

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin

AdminView = Callable[..., HttpResponse]


def story_urls(model_admin: ArticleAdmin) -> list[URLPattern]:
    def address(route: str, name: str, view: AdminView) -> URLPattern:
        bound = wraps(view)(partial(view, model_admin))
        return path(route, model_admin.admin_site.admin_view(bound), name=f"articles_article_{name}")

    def post(route: str, name: str, view: AdminView) -> URLPattern:
        bound = require_POST(wraps(view)(partial(view, model_admin)))
        return path(route, model_admin.admin_site.admin_view(bound), name=f"articles_article_{name}")

    return [
        # The form, while somebody writes
        address("suggest/authors/", "suggest_authors", suggestions.author_suggestions),
        address("suggest/tags/", "suggest_tags", suggestions.tag_suggestions),
        address("suggest/stories/", "suggest_stories", suggestions.story_suggestions),
        address("suggest/links/", "suggest_links", suggestions.link_suggestions),
        address("teasers/", "teasers", teaser_box.show_teasers),
        address("add/teasers/", "teaser_desk_new", teaser_desk.show_new_desk),
        address("<int:object_id>/teasers/", "teaser_desk", teaser_desk.show_desk),
        post("checklist/", "checklist_new", checklist.check_new_story),
        post("<int:story_id>/checklist/", "checklist", checklist.check_story),
        post("schedule/", "schedule_new", scheduling.schedule_new_story),
        post("<int:story_id>/schedule/", "schedule", scheduling.schedule_story),
        address("preview/", "preview_new", preview.preview_new_story),
        address("<int:story_id>/preview/", "preview", preview.preview_story),
        post("autosave/", "autosave_new", autosaves.autosave_new_story),
        post("<int:story_id>/autosave/", "autosave", autosaves.autosave_story),
        address("autosave/<int:autosave_id>/", "autosaved", autosaves.show_autosave),
        post("<int:story_id>/presence/", "presence", presence.report_presence),
        post("<int:story_id>/take-over/", "take_over", presence.take_over),
        # Pages beside the form
        address("<int:story_id>/compare/", "compare", history.compare_versions),
        post("<int:story_id>/restore/<int:revision_id>/", "restore", history.restore_version),
        address("<int:story_id>/conflict/<int:revision_id>/", "conflict", conflicts.show_conflict),
        address("<int:story_id>/copy/", "copy", copying.copy_story),
        address("<int:story_id>/languages/", "languages", translating.show_languages),
        address("<int:story_id>/original/", "original", original.show_original),
        post("<int:story_id>/original/take-in/", "take_in", original.take_in),
        post("<int:story_id>/languages/leave/", "leave_group", translating.leave_group),
        address("<int:story_id>/share/", "share", sharing.show_share_links),
        post("<int:story_id>/share/<int:link_id>/revoke/", "revoke", sharing.revoke_link),
        # The list
        address("<int:story_id>/row/", "row", row_form.change_row),
        address("as-at/", "as_at", preview.show_site_as_at),
        address("retag/", "retag", retagging.show_retagging),
    ]
