"""Where each field stands on the form of a story, and what those see who may read the story but not change it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles import richtext
from articles.admin.stories.permissions import ArticlePermissions
from articles.models import Article

WRITING = (None, {"fields": ["headline", "standfirst", "body"], "classes": ["writing"]})
TEASERS = (_("Teasers"), {"fields": ["compact_teaser", "long_teaser"], "classes": ["around teasers"]})
RELATED_FIELDSET = (
    _("Related stories"),
    {"fields": ["pinned_compact", "pinned_long", "never_here", "never_teased"], "classes": ["around related"]},
)
SUBJECT = (_("Byline and subject"), {"fields": ["section", "authors", "tags"], "classes": ["side"]})
TIME_FIELDSET = (_("Time"), {"fields": ["publish_at", "unpublish_at", "embargo_until"], "classes": ["side time"]})
LIVE_TIME = (
    _("Time"),
    {"fields": ["changes_at", "publish_at", "unpublish_at", "embargo_until"], "classes": ["side time"]},
)
NOTE = (_("Note"), {"fields": ["note"], "classes": ["side"]})
PICTURE_FIELDSET = (_("Picture"), {"fields": ["lead_image", "lead_caption"], "classes": ["side"]})
DETAILS = (_("Details"), {"fields": ["label", "language", "kicker", "dateline", "slug"], "classes": ["side"]})

READING = (None, {"fields": ["headline", "standfirst", "text"], "classes": ["writing"]})
READING_FACTS = (
    _("Byline and subject"),
    {"fields": ["byline", "subjects", "section", "label", "language"], "classes": ["side"]},
)


class ArticleFieldsets(ArticlePermissions):
    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return [READING, READING_FACTS]
        time = [LIVE_TIME if obj and obj.is_visible() else TIME_FIELDSET]
        if not request.user.has_perm("articles.publish_article"):
            time = []
        return [WRITING, SUBJECT, PICTURE_FIELDSET, DETAILS, *time, NOTE, TEASERS, RELATED_FIELDSET]

    # What stands in place of the fields

    @admin.display(description=_("story"))
    def text(self, story: Article) -> str:
        """Return the story's HTML, in which links to other stories lead to them on the desk."""

        def address(number: int) -> str:
            return reverse("admin:articles_article_change", args=[number])

        return mark_safe(richtext.replace_story_links(story.body, address))  # noqa: S308  cleaned when it was stored

    @admin.display(description=_("authors"))
    def byline(self, story: Article) -> str:
        return ", ".join(str(byline) for byline in story.authors_in_order)

    @admin.display(description=_("tags"))
    def subjects(self, story: Article) -> str:
        return ", ".join(str(tag) for tag in story.tags_in_order)
