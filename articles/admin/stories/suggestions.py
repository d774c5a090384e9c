"""What the choosers and the writing area of the story form, and the filters of the list, ask while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, JsonResponse

from articles.admin.fields import suggestions
from articles.admin.fields.link_suggestions import find_link_targets, links_response
from articles.admin.fields.suggestions import suggestions_response, typed_query
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin


def author_suggestions(model_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    if not model_admin.has_view_permission(request):  # the list of stories has them as a filter
        model_admin.require_writer(request)
    return suggestions_response(suggestions.suggest_authors(typed_query(request)))


def tag_suggestions(model_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    if not model_admin.has_retag_permission(request):
        model_admin.require_writer(request)
    may_add = request.user.has_perm("articles.add_tag")
    may_propose = "of_story" in request.GET  # a proposal is made for a story
    user = signed_in(request)
    found = suggestions.suggest_tags(typed_query(request), user, may_add=may_add, may_propose=may_propose)
    return suggestions_response(found)


def story_suggestions(model_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    model_admin.require_writer(request)
    return suggestions_response(suggestions.suggest_stories(typed_query(request), signed_in(request)))


def link_suggestions(model_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    model_admin.require_writer(request)
    language = request.GET.get("language", "")
    return links_response(find_link_targets(typed_query(request), signed_in(request), language))
