"""The trash on the desk: what was deleted in the last thirty days, and the ways back and out."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.choice_filter import ChoiceFilter
from articles.admin.long_list import LongListAdmin
from articles.models import Article, Image, TrashEntry
from articles.states import format_moment_with_zone, name_of
from articles.users import signed_in


class TrashedDeletionAdmin(admin.ModelAdmin):
    """A mixin of admins whose objects go to the trash when they are deleted."""

    delete_confirmation_template = "admin/articles/trashentry/move.html"
    delete_selected_confirmation_template = "admin/articles/trashentry/move_selected.html"

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:  # published since the page was checked
            messages.error(request, " ".join(error.messages))
        except ObjectDoesNotExist:  # deleted twice at once
            messages.warning(request, gettext("It has already been deleted."))
        return HttpResponseRedirect(reverse(f"admin:articles_{self.opts.model_name}_changelist"))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        TrashEntry.objects.put_in(obj, signed_in(request))

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        """Ask and refuse as Django's action of this name does, but say where the pictures are now."""
        *_listed, forbidden, uses = self.get_deleted_objects(chosen, request)
        if "post" not in request.POST or uses:
            return actions.delete_selected(self, request, chosen)
        if forbidden:
            raise PermissionDenied
        self.log_deletions(request, chosen)
        if count := self.move_to_trash(request, chosen):
            _say_in_trash(request, _describe_moved(count))
        else:
            messages.warning(request, gettext("It has already been deleted."))
        return None

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.move_to_trash(request, queryset)

    def move_to_trash(self, request: HttpRequest, things: QuerySet[Any]) -> int:
        """Return how many were moved."""
        count = 0
        for thing in things:
            with suppress(ObjectDoesNotExist):  # deleted twice at once
                TrashEntry.objects.put_in(thing, signed_in(request))
                count += 1
        return count

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Say where it is; Django would say that it was deleted."""
        _say_in_trash(request, gettext("“%(thing)s” is in the trash for thirty days.") % {"thing": obj_display})
        return HttpResponseRedirect(reverse(f"admin:articles_{self.opts.model_name}_changelist"))


def _describe_moved(count: int) -> str:
    return ngettext(
        "%(count)d picture is in the trash for thirty days.",
        "%(count)d pictures are in the trash for thirty days.",
        count,
    ) % {"count": count}


def _say_in_trash(request: HttpRequest, said: str) -> None:
    link = reverse("admin:articles_trashentry_changelist")
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, link, gettext("Undo in the trash")))


class KindFilter(ChoiceFilter):
    title = _("what")
    parameter_name = "kind"
    choices_by_value = {
        "article": (_("Stories"), lambda entries: entries.filter(kind="article")),
        "image": (_("Pictures"), lambda entries: entries.filter(kind="image")),
    }


@admin.action(description=gettext_lazy("Put back"))
def put_back_selected(model_admin: Any, request: HttpRequest, chosen: QuerySet[TrashEntry]) -> None:
    model_admin.put_back(request, chosen)


@admin.action(description=gettext_lazy("Delete for good"))
def delete_for_good(model_admin: Any, request: HttpRequest, chosen: QuerySet[TrashEntry]) -> HttpResponse | None:
    """Ask first, then delete what was chosen now."""
    entries = list(chosen.defer("rows", "content"))
    if "confirmed" not in request.POST:
        context = {
            **model_admin.admin_site.each_context(request),
            "title": gettext("Delete for good"),
            "opts": model_admin.opts,
            "action": delete_for_good.__name__,
            "entries": entries,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/articles/trashentry/delete_for_good.html", context)
    done = sum(model_admin.carry_out(request, entry, "delete_for_good") is not None for entry in entries)
    if done:
        said = ngettext("%(count)d entry is deleted for good.", "%(count)d entries are deleted for good.", done)
        messages.success(request, said % {"count": done})
    return None


@admin.register(TrashEntry)
class TrashEntryAdmin(LongListAdmin):
    list_display = ["name", "undo", "left", "what", "who", "when"]
    list_display_links = None
    list_filter = [KindFilter]
    actions = [put_back_selected, delete_for_good]
    sortable_by = ()
    ordering = ["-moved_at", "-pk"]

    def get_urls(self) -> list[URLPattern]:
        """Return the list alone: an entry has no page of its own."""
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="articles_trashentry_changelist")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrashEntry]:
        entries = TrashEntry.objects.seen_by(signed_in(request)).select_related("moved_by")
        return entries.defer("rows", "content")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        number = request.POST.get("put_back", "")
        if not number:
            return super().changelist_view(request, {"title": gettext("Trash"), **(extra_context or {})})
        if not self.has_view_permission(request):
            raise PermissionDenied
        is_number = number.isascii() and number.isdigit() and len(number) < 19
        self.put_back(request, self.get_queryset(request).filter(pk=number if is_number else 0))
        return HttpResponseRedirect(request.get_full_path())

    def put_back(self, request: HttpRequest, entries: QuerySet[TrashEntry]) -> None:
        """Put these back, each separately, and say where they are."""
        chosen = list(entries)
        if not chosen:
            messages.warning(request, gettext("It is no longer in the trash."))
        for entry in chosen:
            if thing := self.carry_out(request, entry, "put_back"):
                link = reverse(f"admin:articles_{entry.kind}_change", args=[thing.pk])
                said = gettext("It is back:")
                messages.success(request, format_html('{} <a href="{}">{}</a>', said, link, thing))

    def carry_out(self, request: HttpRequest, entry: TrashEntry, verb: str) -> Any:
        """Return what the verb returns, or the entry; None, after a message, when it could not be done."""
        try:
            done = getattr(entry, verb)(signed_in(request)) or entry
        except TrashEntry.DoesNotExist:
            messages.warning(request, gettext("“%(thing)s” is no longer in the trash.") % {"thing": entry})
            return None
        except (PermissionDenied, ValidationError):
            messages.error(request, gettext("You may not do this with “%(thing)s”.") % {"thing": entry})
            return None
        _log(request, entry, verb)
        return done

    # Permissions: what somebody may delete where it comes from

    def has_view_permission(self, request: HttpRequest, obj: TrashEntry | None = None) -> bool:
        return request.user.has_perm("articles.delete_article") or request.user.has_perm("articles.delete_image")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: TrashEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TrashEntry | None = None) -> bool:
        return False

    # Columns

    @admin.display(description=_("what"))
    def what(self, entry: TrashEntry) -> str:
        return entry.get_kind_display()

    @admin.display(description=_("who"))
    def who(self, entry: TrashEntry) -> str:
        return name_of(entry.moved_by)

    @admin.display(description=_("when"))
    def when(self, entry: TrashEntry) -> str:
        return format_moment_with_zone(entry.moved_at)

    @admin.display(description=_("deleted for good"))
    def left(self, entry: TrashEntry) -> str:
        days = entry.days_left
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}

    @admin.display(description="")
    def undo(self, entry: TrashEntry) -> SafeString:
        label = gettext("Put “%(thing)s” back") % {"thing": entry}
        button = '<button type="submit" name="put_back" value="{}" class="act small" aria-label="{}">{}</button>'
        return format_html(button, entry.pk, label, gettext("Put back"))


def _log(request: HttpRequest, entry: TrashEntry, verb: str) -> None:
    """Tell the log of the story or picture."""
    is_story = entry.kind == TrashEntry.Kind.ARTICLE
    thing = Article(pk=entry.number, headline=entry.name) if is_story else Image(pk=entry.number, alt=entry.name)
    flag, text = (
        (ADDITION, gettext_noop("Put back")) if verb == "put_back" else (DELETION, gettext_noop("Deleted for good"))
    )
    LogEntry.objects.log_actions(signed_in(request).pk, [thing], flag, text, single_object=True)
