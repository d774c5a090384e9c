"""Deleting tags: unused ones after the usual question; of a used one, what becomes of its stories."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import DELETION
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from articles.admin.tags.history import log_tag_change
from articles.admin.tags.merging import merge_message
from articles.admin.tags.page import describe_states, list_tag_paths
from articles.log_messages import log_message
from articles.models import Tag, TagChange
from articles.models.former_address import plain_path
from articles.slugs import tag_key
from articles.users import signed_in

MAX_TAGS_DELETED = 200  # tags at once


def show_deletion(request: HttpRequest, admin_site: Any, tag: Tag) -> HttpResponse:
    """Ask; with POST and, for a used tag, its name in `name`, delete it."""
    if not request.user.has_perm("articles.delete_tag"):
        raise PermissionDenied
    counts, problem = tag.stories_by_state(), ""
    if request.method == "POST":
        confirmed = tag_key(request.POST.get("name", "")) == tag.key
        if counts and not confirmed:
            problem = _("To remove the tag from its stories, type its name: %(tag)s") % {"tag": tag}
        else:
            try:
                change = retire_tag(request, tag, remove_from_stories=confirmed)
            except ValidationError as error:
                counts, problem = tag.stories_by_state(), " ".join(error.messages)
            else:
                messages.success(request, merge_message(change))
                return HttpResponseRedirect(reverse("admin:articles_tag_changelist"))
    context = {
        **admin_site.each_context(request),
        "title": _("Delete “%(tag)s”") % {"tag": tag},
        "opts": Tag._meta,
        "tag": tag,
        "used": sum(counts.values()),
        "states": describe_states(counts),
        "addresses": [plain_path(tag), *list_tag_paths(tag)],
        "problem": problem,
        "may_merge": request.user.has_perm("articles.merge_tag"),
    }
    return TemplateResponse(request, "admin/articles/tag/delete.html", context)


@transaction.atomic
def retire_tag(request: HttpRequest, tag: Tag, *, remove_from_stories: bool = False) -> TagChange:
    """Delete it and log it. Raises PermissionDenied, ValidationError."""
    log_tag_change(request, [tag], log_message(gettext_noop("“%(tag)s” deleted"), {"tag": tag}), DELETION)
    return tag.retire(signed_in(request), remove_from_stories=remove_from_stories)


@admin.action(description=gettext_lazy("Delete …"), permissions=["delete"])
def delete_selected(model_admin: Any, request: HttpRequest, tags: QuerySet[Tag]) -> HttpResponse | None:
    """Delete the unused tags, after asking; a used one's own page asks what becomes of its stories."""
    found = Tag.objects.filter(pk__in=[tag.pk for tag in tags[:MAX_TAGS_DELETED]]).annotate(used=Count("taggings"))
    chosen: list[Any] = list(found)
    chosen.sort(key=lambda tag: tag.slug)
    if len(chosen) == 1 and chosen[0].used:
        return HttpResponseRedirect(reverse("admin:articles_tag_delete", args=[chosen[0].pk]))
    if "confirmed" in request.POST:
        _delete(request, [tag for tag in chosen if not tag.used])
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Delete tags"),
        "opts": Tag._meta,
        "unused": [tag for tag in chosen if not tag.used],
        "used": [tag for tag in chosen if tag.used],
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/articles/tag/delete_selected.html", context)


def _delete(request: HttpRequest, tags: list[Tag]) -> None:
    """Delete each tag separately, so that one failure does not stop the others."""
    count = 0
    for tag in tags:
        try:
            retire_tag(request, tag)
            count += 1
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    if count:
        text = ngettext("%(count)d tag deleted.", "%(count)d tags deleted.", count)
        messages.success(request, text % {"count": count})
