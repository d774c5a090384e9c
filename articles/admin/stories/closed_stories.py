"""Why somebody who may read a story may not change it, in words and as an answer to a form that is still open."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import HttpRequest, JsonResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.models import Article, Section
from articles.states import state_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin
    from articles.users import User


def answer_if_closed(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> JsonResponse | None:
    """Return what an open form is told by {"closed": why, "state": …}; None for those who may change the story.

    It is no refusal that a browser reports as an error: a colleague may have published the story a second ago. Raises
    Http404 or PermissionDenied where the story is not theirs to read, or nothing is theirs to write.
    """
    user = signed_in(request)
    if Article.objects.editable_by(user).filter(pk=story_id).exists():
        return None
    model_admin.require_writer(request)
    story = model_admin.get_story(request, story_id)
    return JsonResponse({"closed": describe_why_closed(story, user), "state": asdict(state_of(story))})


def describe_why_closed(story: Article, user: User) -> str:
    """Return a sentence for somebody who changes stories, but not this one; "" for those who only read."""
    if not user.has_perm("articles.change_article"):
        return ""
    if not user.has_perm("articles.change_any_article"):
        return _("Only editors change it now.")
    sections = [section.label for section in Section.objects.edited_by(user)]
    words = {"section": getattr(story.section, "label", ""), "sections": get_text_list(sections, _("and"))}
    return _("This story is in %(section)s. You change stories in %(sections)s.") % words
