"""Merging two records of one author: what it would do, the merge, and its undo for thirty days."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST

from articles.characters import without_junk
from articles.log_messages import log_message
from articles.models import Author, AuthorMerge, Section
from articles.users import signed_in

MAX_SIMILAR = 10  # authors that are offered


class AuthorMergePages(admin.ModelAdmin):
    """The part of the admin of authors that merges them: an author's page leads there."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:author_id>/merge/", view(self.merge), name="articles_author_merge"),
            path("<int:author_id>/split/", view(require_POST(self.undo_merge)), name="articles_author_undo_merge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may change and delete authors, and edit every section: stories get the name."""
        person = signed_in(request)
        is_unlimited = person.is_superuser or not Section.limits_for_user(person).exists()
        return self.has_change_permission(request) and self.has_delete_permission(request) and is_unlimited

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        merges, may_merge = [], self.has_merge_permission(request)
        if may_merge and object_id.isdecimal() and len(object_id) < 19:
            found = AuthorMerge.objects.filter(author=int(object_id), undone_at=None).select_related("merged", "by")
            merges = list(found.order_by("-pk"))
        extra = {"merges": merges, "may_merge": may_merge}
        kwargs["extra_context"] = (kwargs.get("extra_context") or {}) | extra
        return super().change_view(request, object_id, *args, **kwargs)

    def merge(self, request: HttpRequest, author_id: int) -> HttpResponse:
        """Ask which record goes, and show what that would do; after a POST, merge."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        author = get_object_or_404(Author, pk=author_id)
        text = " ".join(without_junk(request.GET.get("other", "")).split())
        other = _find(without_junk(request.POST.get("merged", "")) if request.method == "POST" else text)
        problem = _("There is no author “%(text)s”.") % {"text": text} if text and not other else ""
        plan = None
        try:
            if other and request.method == "POST":
                return self._merge(request, author, other)
            plan = AuthorMerge.objects.plan(author, other) if other else None
        except ValidationError as error:
            problem = " ".join(error.messages)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge with another author"),
            "opts": self.opts,
            "author": author,
            "plan": plan,
            "problem": problem,
            "text": text,
            "similar": _similar(author),
        }
        return render(request, "admin/articles/author/merge.html", context)

    def _merge(self, request: HttpRequest, author: Author, merged: Author) -> HttpResponse:
        AuthorMerge.objects.merge(author, merged, signed_in(request))
        _log(request, author, log_message(gettext_noop("Merged with “%(name)s”"), {"name": merged}))
        _log(request, merged, log_message(gettext_noop("Merged into “%(name)s”"), {"name": author}))
        said = _("“%(merged)s” is merged into “%(name)s”. This page undoes it for thirty days.")
        messages.success(request, said % {"merged": merged, "name": author})
        return HttpResponseRedirect(reverse("admin:articles_author_change", args=[author.pk]))

    def undo_merge(self, request: HttpRequest, author_id: int) -> HttpResponse:
        """Undo the merge that the request names, if it is one of this author's."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        number = request.POST.get("merge", "")
        number = number if number.isascii() and number.isdigit() and len(number) < 19 else "0"
        change = get_object_or_404(AuthorMerge, pk=number, author=author_id)
        try:
            stories = change.undo()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            for one in (change.author, change.merged):
                _log(request, one, gettext_noop("Merge undone"))
            text = ngettext(
                "“%(name)s” is an author again, with %(count)d story.",
                "“%(name)s” is an author again, with %(count)d stories.",
                stories,
            )
            messages.success(request, text % {"name": change.merged, "count": stories})
        return HttpResponseRedirect(reverse("admin:articles_author_change", args=[author_id]))


def _find(text: str) -> Author | None:
    """Return the author with this id or name, but none that is merged, where another has the name too."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return Author.objects.filter(pk=text).first()
    return Author.objects.filter(name__iexact=text[:120]).order_by("merged_into", "-is_active", "pk").first()


def _similar(author: Author) -> list[Author]:
    """Return authors who share the last word of the name."""
    named = Author.objects.named(author.name.split()[-1]).filter(merged_into=None).exclude(pk=author.pk)
    return list(named.order_by("name", "pk")[:MAX_SIMILAR])


def _log(request: HttpRequest, author: Author, message: str) -> None:
    LogEntry.objects.log_actions(signed_in(request).pk, [author], CHANGE, message, single_object=True)
