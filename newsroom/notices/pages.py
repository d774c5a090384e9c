"""The page of a person's own notices, to which the bell leads, and the way from a notice to its story."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles.users import signed_in
from newsroom.models import Notice, StoryEvent
from newsroom.notices.sentences import describe_event, path_of_event

NOTICES_ON_A_PAGE = 30
MAX_ID_DIGITS = 19  # of a number that both databases take


@dataclass(frozen=True)
class NoticeLine:
    """A notice as the page shows it."""

    notice: Notice
    event: StoryEvent
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
def show_notices(request: HttpRequest) -> HttpResponse:
    """Show the newest notices, or those before the one whose id is given; mark what was on the page as read."""
    notices = Notice.objects.shown_to(signed_in(request))
    if request.method == "POST":
        if newest := _parse_id(request.POST.get("newest", "")):
            Notice.objects.filter(person=signed_in(request), pk__lte=newest).mark_read()
        return redirect("notices")
    before = _parse_id(request.GET.get("before", ""))
    if before:
        notices = notices.filter(pk__lt=before)
    found = list(notices[: NOTICES_ON_A_PAGE + 1])
    lines, more = list_lines(found[:NOTICES_ON_A_PAGE]), found[NOTICES_ON_A_PAGE:]
    context = {
        **admin.site.each_context(request),
        "title": _("Notices"),
        "lines": lines,
        "is_first": not before,
        "has_unread": any(line.notice.read_at is None for line in lines),
        "older": lines[-1].notice.pk if more else None,
    }
    return TemplateResponse(request, "admin/newsroom/notices.html", context)


@require_safe
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Lead to what the notice is about, which counts as read from then on. A colleague's is not there."""
    notice = get_object_or_404(Notice.objects.shown_to(signed_in(request)), pk=notice_id)
    Notice.objects.filter(pk=notice.pk).mark_read()
    return HttpResponseRedirect(path_of_event(notice.event))


def list_lines(notices: list[Notice]) -> list[NoticeLine]:
    """Return these notices in words. One query."""
    events = StoryEvent.objects.with_details().in_bulk({notice.event_id for notice in notices})
    found = ((notice, events.get(notice.event_id)) for notice in notices)
    return [NoticeLine(notice, event, describe_event(event)) for notice, event in found if event]


def _parse_id(text: str) -> int | None:
    """
    >>> _parse_id("12"), _parse_id("x"), _parse_id("9" * 30)
    (12, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MAX_ID_DIGITS else None
