"""Stories on the desk. What the admin does is in the modules named here, each concept in its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from articles.admin.stories import history, late_forms, saving
from articles.admin.stories.changelist import ArticleListAdmin
from articles.admin.stories.form.admin import ArticleFormAdmin
from articles.admin.stories.urls import story_urls
from articles.admin.trash import TrashedDeletionAdmin
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(TrashedDeletionAdmin, ArticleFormAdmin, ArticleListAdmin):
    """The form and the list of stories, both by the permissions of stories; urls.py has the pages beside them."""

    def get_urls(self) -> list[URLPattern]:
        addresses = [*story_urls(self), *super().get_urls()]
        kept = [late_forms.keep_late_text(self.admin_site, address) for address in addresses]
        return [saving.tell_scripts(address) for address in kept]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history.show_history(self, request, object_id)
