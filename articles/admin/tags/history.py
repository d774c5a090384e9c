"""The history of tags, in words, and the way back: a page for each change, and one for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from articles.log_messages import log_message, read_log_message
from articles.models import Article, Tag, TagChange
from articles.models.tag_change import UNDO_FOR
from articles.states import name_of
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

MAX_CHANGES_OF_ALL_TAGS = 100  # newest changes shown
MAX_LEFT_OUT_SHOWN = 20  # stories named
Kind = TagChange.Kind


@dataclass(frozen=True)
class ChangeEntry:
    """One line of the history."""

    change: TagChange
    words: str
    who: str
    may_undo: bool


def list_entries(changes: Iterable[TagChange], user: User) -> list[ChangeEntry]:
    """Return the entries of these changes, which were read with their details."""
    return [
        ChangeEntry(change, describe_change(change), name_of(change.by), _may_undo(change, user)) for change in changes
    ]


def show_changes(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Show the newest changes of all tags, including deleted ones; ?kind= shows one kind."""
    changes, kind = TagChange.objects.with_details().newest_first(), request.GET.get("kind", "")
    if kind in TagChange.Kind.values:
        changes = changes.filter(kind=kind)
    context = {
        **admin_site.each_context(request),
        "title": _("History of tags"),
        "opts": Tag._meta,
        "entries": list_entries(changes[:MAX_CHANGES_OF_ALL_TAGS], signed_in(request)),
        "kind": kind,
        "kinds": TagChange.Kind.choices,
        "days": UNDO_FOR.days,
    }
    return TemplateResponse(request, "admin/articles/tag/changes.html", context)


def show_undo(request: HttpRequest, admin_site: Any, change_id: int) -> HttpResponse:
    """Show what this change was and what its undo would do; with POST, undo it and lead to the undo's own page."""
    change = get_object_or_404(TagChange.objects.with_details(), pk=change_id)
    if not request.user.has_perm(change.permission):
        raise PermissionDenied
    if request.method == "POST":
        return _undo(request, change)
    left_out = change.left_out()
    seen = Article.objects.seen_by(signed_in(request)).filter(pk__in=left_out[:MAX_LEFT_OUT_SHOWN])
    context = {
        **admin_site.each_context(request),
        "title": describe_change(change),
        "opts": Tag._meta,
        "change": change,
        "tag": Tag.objects.filter(pk=change.tag_id).first(),
        "who": name_of(change.by),
        "obstacle": undo_obstacle(change),
        "consequences": describe_undo(change, len(left_out)),
        "is_undo": change.kind == Kind.UNDONE,
        "left_out": seen.select_related("section").with_bylines().order_by("pk"),
        "left_out_count": len(left_out),
        "lost": change.record.get("lost", []),
    }
    return TemplateResponse(request, "admin/articles/tag/undo.html", context)


def _undo(request: HttpRequest, change: TagChange) -> HttpResponse:
    about = Tag.objects.filter(pk=change.tag_id)
    before = list(about)
    try:
        with transaction.atomic():
            undone = change.undo(signed_in(request))
            log_tag_change(request, list(about) or before, log_of_change(undone.change))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(undo_url(change))
    stories = undone.change.story_count if undone.change.kind != Kind.UNDONE else change.story_count
    stories -= len(undone.left_out)
    text = ngettext("Done for %(count)d story.", "Done for %(count)d stories.", stories) % {"count": stories}
    messages.success(request, text if stories else _("Done."))
    return HttpResponseRedirect(undo_url(undone.change))


def log_tag_change(request: HttpRequest, tags: Any, message: str, flag: int = CHANGE) -> None:
    """Write one line for each tag into the admin's own log."""
    by = signed_in(request)
    for tag in tags:
        LogEntry.objects.log_actions(by.pk, [tag], flag, message, single_object=True)


def undo_url(change: TagChange) -> str:
    """Return the URL of the page that undoes the change."""
    return reverse("admin:articles_tag_undo", args=[change.pk])


def _may_undo(change: Any, user: User) -> bool:
    return not change.was_undone and not change.is_too_old and user.has_perm(change.permission)


def undo_obstacle(change: Any) -> str:
    """Return in a sentence why the change cannot be undone any more; "" for nothing."""
    if change.was_undone:
        return _("This has already been undone.")
    return _("This was too long ago to be undone.") if change.is_too_old else ""


def describe_change(change: TagChange) -> str:
    """Return what happened in a line: “Bourse” merged into “BVMAC”."""
    return read_log_message(log_of_change(change))


def log_of_change(change: TagChange) -> str:
    """Return the same for the log."""
    if change.kind == Kind.UNDONE:
        return log_message(gettext_noop("Undone: %(change)s"), parts={"change": [_deed(change.origin)]})
    if change.undoes_id:
        return log_message(gettext_noop("Redone: %(change)s"), parts={"change": [_deed(change)]})
    return _deed(change)


def _deed(change: TagChange) -> str:
    if change.kind == Kind.MERGED:
        sources = [log_message(gettext_noop("“%(name)s”"), {"name": name}) for _pk, name in change.sources]
        return log_message(
            gettext_noop("%(sources)s merged into “%(tag)s”"), {"tag": change.name}, {"sources": sources}
        )
    if change.kind == Kind.RETIRED:
        return log_message(gettext_noop("“%(tag)s” deleted"), {"tag": change.name})
    (old_name, old_slug), (name, slug) = change.old_name, change.new_name
    words = {"old": old_name, "new": name, "slug": slug, "old_slug": old_slug}
    if old_name == name:
        return log_message(gettext_noop("“%(new)s” moved from /tag/%(old_slug)s/ to /tag/%(slug)s/"), words)
    if old_slug == slug:
        return log_message(gettext_noop("“%(old)s” renamed to “%(new)s”"), words)
    return log_message(gettext_noop("“%(old)s” renamed to “%(new)s”, at /tag/%(slug)s/"), words)


def describe_undo(change: TagChange, left_out: int) -> str:
    """Return what the undo would do, in a sentence or two."""
    first = change.origin
    words = {"tag": first.name, "sources": quote_names(first.sources)}
    match first.kind, change.kind == Kind.UNDONE:
        case Kind.RENAMED, again:
            name, slug = first.new_name if again else first.old_name
            return _("The tag is called “%(name)s” again, at /tag/%(slug)s/.") % {"name": name, "slug": slug}
        case Kind.MERGED, True:
            return _("%(sources)s: merged into “%(tag)s” again, with today’s stories.") % words
        case Kind.MERGED, _again:
            back = _("%(sources)s: separate tags again.") % words
        case Kind.RETIRED, True:
            return _("“%(tag)s” is deleted again and removed from its stories.") % words
        case _:
            back = _("“%(tag)s” is a tag again.") % words
    count = first.story_count - left_out
    stories = ngettext("%(count)d story gets its tags back.", "%(count)d stories get their tags back.", count)
    return f"{back} {stories % {'count': count}}"


def quote_names(sources: Iterable[tuple[int, str]]) -> str:
    """Return the names in quotation marks: “Bourse”, “Marché”."""
    return ", ".join(_("“%(name)s”") % {"name": name} for _pk, name in sources)
