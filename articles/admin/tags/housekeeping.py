"""Tags that need tidying: those that are proposed, those that nobody uses, and pairs that may be names of one thing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.admin.tags import merging, proposals
from articles.admin.tags.pairs import DuplicateTagPair, co_occurring_pairs, load_pairs, look_alike_pairs
from articles.models import DistinctTags, Tag, TagProposal
from articles.users import signed_in

MAX_PAIRS_SHOWN = 100  # pairs of each kind


class TagHousekeeping:
    """A mixin of the tags' ModelAdmin for the page of tags that need tidying."""

    admin_site: Any
    opts: Any
    has_change_permission: Any
    has_merge_permission: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("housekeeping/", view(require_safe(self.housekeeping)), name="articles_tag_housekeeping"),
            path("proposals/", view(require_POST(proposals.decide_proposals)), name="articles_tag_proposals"),
            path("apart/<int:one>/<int:other>/", view(require_POST(self.apart)), name="articles_tag_apart"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def housekeeping(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        user, by_name, by_stories = signed_in(request), look_alike_pairs(), co_occurring_pairs()
        no_look_alikes = _("No two names look alike. Plurals, dots and slips of one letter appear here.")
        no_co_occurring = _("No two tags stand on the same stories. Pairs that nearly always go together appear here.")
        context = {
            "title": _("Housekeeping"),
            "opts": self.opts,
            "proposed": proposals.list_proposed_tags(user),
            "may_decide": TagProposal.may_be_decided_by(user),
            "tells_all": user.has_perm("articles.view_any_article"),
            "counted": [
                (_("Unused"), "use=none", Tag.objects.unused().count()),
                (_("Used once"), "use=once", Tag.objects.used_once().count()),
                (_("Without description"), "described=no", Tag.objects.undescribed().count()),
            ],
            "lists": [
                (_("Names that look alike"), len(by_name), self._rows(by_name), no_look_alikes),
                (_("Tags on the same stories"), len(by_stories), self._rows(by_stories), no_co_occurring),
            ],
            "may_merge": self.has_merge_permission(request),
        }
        return render(request, "admin/articles/tag/housekeeping.html", self.admin_site.each_context(request) | context)

    def apart(self, request: HttpRequest, one: int, other: int) -> HttpResponse:
        """Remember that these two are not the same."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        tags = get_object_or_404(Tag, pk=one), get_object_or_404(Tag.objects.exclude(pk=one), pk=other)
        DistinctTags.objects.remember(*tags, signed_in(request))
        messages.success(request, _("“%(one)s” and “%(other)s” are not the same.") % {"one": tags[0], "other": tags[1]})
        return HttpResponseRedirect(reverse("admin:articles_tag_housekeeping"))

    def _rows(self, pairs: dict[tuple[int, int], str]) -> list[tuple[DuplicateTagPair, str, str]]:
        """Return each pair with the reason why it is listed and the URL of the page that merges it."""
        why = {
            "form": _("the same except for plurals or dots"),
            "letter": _("one letter apart"),
            "stories": _("used together on nine out of ten stories"),
        }
        return [
            (pair, why[pair.likeness], merging.merge_url([pair.more, pair.fewer]))
            for pair in load_pairs(pairs, MAX_PAIRS_SHOWN)
        ]
