"""Who may see, change and delete which story on the desk. Every page of a story asks here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from articles.admin.stories.colleagues import describe_who_may_open
from articles.admin.stories.numbers import story_number
from articles.admin.stories.request_state import story_request_state
from articles.models import Article
from articles.models.article_queryset import ArticleQuerySet
from articles.users import signed_in


class ArticlePermissions(admin.ModelAdmin):
    # What the admin asks

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        """Return the stories in order, because Django's autocomplete shows them in pages."""
        return Article.objects.seen_by(signed_in(request)).order_by(*self.get_ordering(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """Return the story with everything that its form shows. Raises PermissionDenied for a colleague's, with a
        sentence that says who may open it.
        """
        further = ("waiting__saved_by", "due__saved_by", "due__stuck", "translation")
        number = story_number(object_id) or 0
        stories = self.get_queryset(request).with_page_parts().with_last_handover().select_related(*further)
        if story := stories.filter(pk=number).first():
            return story
        if self.has_view_permission(request) and (colleagues := Article.objects.filter(pk=number).first()):
            raise PermissionDenied(describe_who_may_open(colleagues))
        return None

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None:
            return True
        answers = story_request_state(request).may_change
        if obj.pk not in answers:
            answers[obj.pk] = obj.may_be_changed_by(signed_in(request))
        return answers[obj.pk]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Allow deleting only what readers never saw: the rest is withdrawn, so that its address can tell readers."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (obj.first_published_at is None and self.has_change_permission(request, obj))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_retag_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.retag_article")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the stories alone: the rows that go with them name others, such as a pinned one under embargo."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        count = {name: number for name, number in counts.items() if name == self.opts.verbose_name_plural}
        return [str(story) for story in objs], count, needed, protected

    # What the pages beside the form ask

    def get_story(self, request: HttpRequest, story_id: int | str) -> Article:
        """Return the story for those who may read it. Raises Http404 or PermissionDenied."""
        story = self.get_object(request, str(story_id))
        if story is None:
            raise Http404("no such story")
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        return story

    def get_editable_story(self, request: HttpRequest, story_id: int) -> Article:
        """Return the story for those who may change it. Raises Http404 or PermissionDenied."""
        story = self.get_story(request, story_id)
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        return story

    def require_editable_story(self, request: HttpRequest, story_id: int) -> None:
        """Raise PermissionDenied for those who may not change the story, without reading it."""
        if not Article.objects.editable_by(signed_in(request)).filter(pk=story_id).exists():
            raise PermissionDenied

    def require_add_permission(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for those who may not begin a story."""
        if not self.has_add_permission(request):
            raise PermissionDenied

    def require_writer(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for those who may neither begin a story nor change any."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
