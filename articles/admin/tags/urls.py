"""The further addresses of tags on the desk: merging, deleting, and what was done with its undo."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from articles.admin.tags import deletion, history, merging


class TagAddresses(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        def address(route: str, view: Any) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"articles_tag_{view.__name__}")

        return [
            address("merge/", self.merge),
            address("changes/", self.changes),
            address("undo/<int:change_id>/", self.undo),
            *super().get_urls(),
        ]

    def merge(self, request: HttpRequest) -> HttpResponse:
        return merging.show_merge(request, self.admin_site)

    def changes(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return history.show_changes(request, self.admin_site)

    def undo(self, request: HttpRequest, change_id: int) -> HttpResponse:
        return history.show_undo(request, self.admin_site, change_id)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        tag = self.get_object(request, object_id)
        if tag is None:
            raise Http404("no such tag")
        return deletion.show_deletion(request, self.admin_site, tag)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.merge_tag")
