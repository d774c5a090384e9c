"""The audit log on the desk: a list to filter and to take along as CSV, which nobody can change."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.choice_filter import ChoiceFilter
from articles.admin.fields.moments import YEARS_TO_CHOOSE
from articles.admin.long_list import LongListAdmin
from articles.dates import format_date, format_moment
from articles.log_messages import read_log_message
from articles.spreadsheets import escape_formula
from articles.states import name_of
from newsroom.models import AuditEntry, User

MAX_EXPORTED_ROWS = 50_000  # of a file
MAX_SEARCHED_ROWS = 50_000  # no index finds words in the middle of a text

ACCOUNTS = ["newsroom.user", "auth.group"]
REFUSALS = [AuditEntry.Action.REFUSED, AuditEntry.Action.SIGN_IN_REFUSED]
SIGN_INS = [AuditEntry.Action.SIGNED_IN, AuditEntry.Action.SIGNED_OUT, AuditEntry.Action.SIGN_IN_REFUSED]


class AuditKindFilter(ChoiceFilter):
    title = _("about")
    parameter_name = "about"
    choices_by_value = {
        "stories": (_("Stories"), lambda entries: entries.filter(kind="articles.article")),
        "tags": (_("Tags"), lambda entries: entries.filter(kind__in=["articles.tag", "articles.tagalias"])),
        "pictures": (_("Pictures"), lambda entries: entries.filter(kind="articles.image")),
        "people": (_("People and roles"), lambda entries: entries.filter(kind__in=ACCOUNTS)),
        "sign-ins": (_("Sign-ins"), lambda entries: entries.filter(action__in=SIGN_INS)),
        "refused": (
            _("Refused"),
            lambda entries: entries.filter(action__in=REFUSALS),
        ),
    }


class BeforeFilter(admin.SimpleListFilter):
    """Leaves what is older than a day, to which a search leads that has not read so far back."""

    title = _("when")
    parameter_name = "before"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        day = self._day()
        return [(day.isoformat(), gettext("before %(day)s") % {"day": format_date(day, "DATE_FORMAT")})] if day else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        day = self._day()
        return queryset.filter(at__lt=make_aware(datetime.combine(day, time.min))) if day else queryset

    def _day(self) -> date | None:
        try:
            day = date.fromisoformat(self.value() or "")
        except ValueError:
            return None
        return day if day.year in YEARS_TO_CHOOSE else None


class PersonFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = User.objects.only("username", "first_name", "last_name")
        return sorted(((str(person.pk), name_of(person)) for person in people), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        chosen = self.value()
        is_known = chosen in dict(self.lookup_choices)
        return queryset.filter(person_id=int(chosen)) if chosen and is_known else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(LongListAdmin):
    list_display = ["when", "who", "what", "to_what", "details", "address"]
    list_display_links = None
    list_filter = [AuditKindFilter, PersonFilter, ("at", admin.DateFieldListFilter), BeforeFilter]
    list_select_related = ["person", "account"]
    search_fields = ["object_name", "message"]
    search_help_text = _("Words of a headline, a name or the details.")
    actions = None
    sortable_by = ()
    ordering = ["-at", "-pk"]

    def get_urls(self) -> list[URLPattern]:
        """Return the list and the file alone: an entry has no page of its own."""
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name="newsroom_auditentry_changelist"),
            path("csv/", self.admin_site.admin_view(self.export), name="newsroom_auditentry_export"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": gettext("Audit log"), **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        """Search the newest entries of those that the filters leave; the page leads on to older ones."""
        request.__dict__["older_than"] = None
        if search_term:
            moments = queryset.order_by("-at", "-pk").values_list("at", flat=True)
            if oldest := moments[MAX_SEARCHED_ROWS : MAX_SEARCHED_ROWS + 1].first():
                queryset = queryset.filter(at__gt=oldest)
                request.__dict__["older_than"] = localtime(oldest).date() + timedelta(days=1)
        return super().get_search_results(request, queryset, search_term)

    def export(self, request: HttpRequest) -> HttpResponse:
        """Answer what the list shows by its filters as CSV, the newest 50,000 entries."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:  # the list does the same
            return HttpResponseRedirect(request.path)
        headers = {"Content-Disposition": 'attachment; filename="audit-log.csv"'}
        response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
        rows = csv.writer(response)
        rows.writerow(["at", "person", "action", "kind", "object_id", "object", "details", "address"])
        for entry in entries[:MAX_EXPORTED_ROWS].iterator():
            cells = [self.who(entry), entry.action, entry.kind, entry.object_id, _name_of_object(entry)]
            cells += [self.details(entry), entry.address or ""]
            rows.writerow([entry.at.isoformat(), *map(escape_formula, cells)])
        return response

    # Columns

    @admin.display(description=_("when"))
    def when(self, entry: AuditEntry) -> str:
        return format_moment(entry.at)

    @admin.display(description=_("who"))
    def who(self, entry: AuditEntry) -> str:
        return _name_of_account(entry.person, entry.person_id)

    @admin.display(description=_("what"))
    def what(self, entry: AuditEntry) -> str:
        return entry.get_action_display()

    @admin.display(description=_("to what"))
    def to_what(self, entry: AuditEntry) -> str:
        kind = _name_of_kind(entry.kind)
        return format_html('<span class="kind">{}</span> {}', kind, self._link(entry)) if kind else self._link(entry)

    def _link(self, entry: AuditEntry) -> str:
        name = _name_of_object(entry)
        if entry.action == AuditEntry.Action.DELETED or not (entry.kind and entry.object_id):
            return name
        try:
            return format_html('<a href="{}">{}</a>', reverse(_change_page(entry.kind), args=[entry.object_id]), name)
        except NoReverseMatch:  # what has no page on the desk
            return name

    @admin.display(description=_("details"))
    def details(self, entry: AuditEntry) -> str:
        return read_log_message(entry.message)


def _change_page(kind: str) -> str:
    return f"admin:{kind.replace('.', '_')}_change"


def _name_of_kind(kind: str) -> str:
    """Return what a thing is, as “story”; "" where nothing was done to any."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name) if kind else ""
    except LookupError:  # of an application that is gone
        return kind


def _name_of_object(entry: AuditEntry) -> str:
    return _name_of_account(entry.account, entry.account_id) or entry.object_name


def _name_of_account(person: User | None, pk: int | None) -> str:
    """Return the name that this account has today; its number when it is gone."""
    if pk is None:
        return ""
    return name_of(person) if person else gettext("account %(number)d") % {"number": pk}
