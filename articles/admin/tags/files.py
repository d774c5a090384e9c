"""The vocabulary as a file: out for a spreadsheet, and in again after a page that says what would happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import clock
from articles.exporters.vocabulary import vocabulary_csv
from articles.importers.items import BadItem
from articles.importers.vocabulary import PlannedRow, VocabularyImport, count_kinds
from articles.importers.vocabulary_csv import TagRow, decode, read_tag_rows
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

MAX_FILE_BYTES = 3 * 1024 * 1024  # bytes; twenty thousand tags with their descriptions
MAX_ROWS_SHOWN = 1000  # rows on the page that asks


class ImportForm(forms.Form):
    """The form of a file, or of the text of one that was checked: its rows are in `rows` when it is valid."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A spreadsheet saved as “CSV UTF-8”, with the columns name, slug, description and aliases."),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea({"hidden": True}))
    rows: list[TagRow]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file and file.size > MAX_FILE_BYTES:
            raise ValidationError({"file": _("This file is too large: split it and import the tags in several parts.")})
        if not file and not data.get("text"):
            raise ValidationError({"file": _("Choose a file.")})
        try:
            data["text"] = decode(file.read()) if file else data["text"]
            self.rows = read_tag_rows(data["text"])
        except BadItem as problem:
            raise ValidationError({"file": str(problem)}) from None
        return data


class TagFiles:
    """A mixin of the tags' ModelAdmin for the export and the import."""

    admin_site: Any
    opts: Any
    has_add_permission: Any
    has_change_permission: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("export/", view(require_safe(self.export_view)), name="articles_tag_export"),
            path("import/", view(self.import_view), name="articles_tag_import"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Export with semicolons where the comma is the decimal separator, as in French: spreadsheets expect that."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        delimiter = ";" if get_format("DECIMAL_SEPARATOR") == "," else ","
        text = vocabulary_csv(delimiter)
        name = f"tags-{timezone.localdate(clock.now()):%Y-%m-%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Show a form, then a page that says what the file would do, then do it."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        if not form.is_valid():
            return self._render_import(request, form)
        if "confirmed" not in request.POST:
            asking = ImportForm(initial={"text": form.cleaned_data["text"]})
            return self._render_import(request, asking, VocabularyImport().plan(form.rows))
        try:
            steps = VocabularyImport().carry_out(form.rows, signed_in(request))
        except BadItem as problem:
            form.add_error("file", str(problem))
            return self._render_import(request, form)
        log_import(signed_in(request), steps)
        messages.success(request, describe_counts(steps))
        return HttpResponseRedirect(reverse("admin:articles_tag_changelist"))

    def _render_import(
        self, request: HttpRequest, form: ImportForm, steps: list[PlannedRow] | None = None
    ) -> HttpResponse:
        telling = [step for step in steps or [] if step.kind != "unchanged"]
        telling.sort(key=lambda step: step.kind != "left out")  # errors come first
        context = {
            "title": gettext("Import tags"),
            "opts": self.opts,
            "form": form,
            "asks": steps is not None,
            "summary": describe_counts(steps or []),
            "possible": any(step.kind != "left out" for step in telling),
            "steps": telling[:MAX_ROWS_SHOWN],
            "more": max(0, len(telling) - MAX_ROWS_SHOWN),
        }
        return render(request, "admin/articles/tag/import.html", self.admin_site.each_context(request) | context)


def describe_counts(steps: list[PlannedRow]) -> str:
    """Return “3 new, 1 changed, 40 unchanged, 2 left out”."""
    counts = count_kinds(steps)
    return gettext("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(left_out)s left out") % {
        "new": counts["new"],
        "changed": counts["changed"],
        "unchanged": counts["unchanged"],
        "left_out": counts["left out"],
    }


def log_import(by: User, steps: list[PlannedRow]) -> None:
    """Write into the history of each tag that is new or changed."""
    for kind, flag in (("new", ADDITION), ("changed", CHANGE)):
        tags: list[Any] = [step.tag for step in steps if step.kind == kind]
        for tag in tags:
            LogEntry.objects.log_actions(by.pk, [tag], flag, gettext_noop("Imported from a file."), single_object=True)
