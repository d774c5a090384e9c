"""What stands around the fields of a story's form: its state, buttons, checklist, teasers, and what scripts ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from articles.admin.fields.moments import describe_zone
from articles.admin.stories import autosaves, form_owner
from articles.admin.stories.buttons import buttons_for
from articles.admin.stories.closed_stories import describe_why_closed
from articles.admin.stories.form.article_form import ArticleForm
from articles.admin.stories.form.checklist import checklist_context
from articles.admin.stories.form.questions import questions_context
from articles.admin.stories.request_state import story_request_state
from articles.admin.stories.review import review_of
from articles.admin.stories.teaser_box import TEASER_SOURCES, preview_teasers
from articles.admin.stories.teaser_desk import DESK_FIELDS, RELATED_FIELDS, build_teaser_desk
from articles.models import Article, Autosave
from articles.models.content import count_words
from articles.states import describe_changes, format_moment_briefly, state_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.permissions import ArticlePermissions


def form_context(
    model_admin: ArticlePermissions, request: HttpRequest, form: ArticleForm, story: Article | None
) -> dict[str, Any]:
    """Return the context of templates/desk/admin/articles/article/change_form.html; None stands for a new story."""
    user, moved = signed_in(request), story_request_state(request).moved
    may_change = model_admin.has_change_permission(request, story) if story else model_admin.has_add_permission(request)
    shown = story or Article()
    buttons = buttons_for(shown, user) if may_change else []
    key = form["key"].value() or autosaves.new_key() if "key" in form.fields else ""
    return {
        "moved": moved,
        "desk": build_teaser_desk(form) if moved else None,
        "desk_follows": DESK_FIELDS,
        "desk_related": RELATED_FIELDS,
        "desk_address": endpoint_url("teaser_desk", story) if may_change else "",
        **(checklist_context(form, buttons) if may_change else {}),
        **questions_context(form, buttons),
        "checklist": endpoint_url("checklist", story),
        "schedule": endpoint_url("schedule", story),
        "story": shown,
        "state": state_of(shown),
        "closed": "" if may_change else describe_why_closed(shown, user),
        "changes": describe_changes(shown),
        "review": review_of(story, user, opened=request.method != "POST" and not moved),
        "presence": reverse("admin:articles_article_presence", args=[story.pk]) if story and may_change else "",
        "autosave": endpoint_url("autosave", story) if may_change else "",
        "autosaves": _offered_autosaves(request, story),
        "whose": form_owner.sign_form(user, shown.pk, key),
        "key": key,
        "copy_key": autosaves.new_key() if story and model_admin.has_add_permission(request) else "",
        "is_translation": bool(story) and may_change and hasattr(story, "translation"),
        "may_share": bool(story) and shown.is_shareable and may_change and model_admin.has_publish_permission(request),
        "word_count": sum(count_words(shown.newest_content).values()) if shown.pk else 0,
        "saved": format_moment_briefly(shown.saved_at),
        "buttons": buttons,
        "zone": describe_zone(),
        "zone_key": str(timezone.get_current_timezone()),
        "teaser_fields": TEASER_SOURCES,
        "teasers": preview_teasers({name: form[name].value() for name in TEASER_SOURCES if name in form.fields}),
        "preview": endpoint_url("preview", story),
    }


def endpoint_url(name: str, story: Article | None) -> str:
    """Return the URL that this story's form asks for its preview, checklist or autosave; a new story has URLs of its
    own.
    """
    if story is None or story.pk is None:
        return reverse(f"admin:articles_article_{name}_new")
    return reverse(f"admin:articles_article_{name}", args=[story.pk])


def _offered_autosaves(request: HttpRequest, story: Article | None) -> list[Autosave]:
    if request.method == "POST":  # a form that comes back
        return autosaves.list_autosaves(request, story.pk if story else None)
    return story_request_state(request).autosaves
