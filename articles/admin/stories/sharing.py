"""The links by which outsiders read a story that is not public: giving one, seeing whether it was used, ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles.log_messages import log_message
from articles.metadata import absolute
from articles.models import Article, ShareLink
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.admin.stories.admin import ArticleAdmin

DEFAULT_DAYS = 7  # for which a new link is good, unless somebody says otherwise
MAX_DAYS = 90


class ShareForm(forms.Form):
    recipient = forms.CharField(
        label=gettext_lazy("For"),
        max_length=120,
        help_text=gettext_lazy("The name of the person who may read it; readers of the link see it."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        initial=DEFAULT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DAYS)],
        help_text=gettext_lazy("After that, the link no longer works."),
    )


def show_share_links(model_admin: ArticleAdmin, request: HttpRequest, story_id: int) -> HttpResponse:
    """Show the story's links and a form for a new one, whose URL is shown once."""
    story = model_admin.get_story(request, story_id)
    if not story.may_be_shared_by(signed_in(request)):
        raise PermissionDenied
    form, address = ShareForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and story.is_shareable and form.is_valid():
        address = absolute(_give(request, story, form))
        form = ShareForm()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Share “%(story)s”") % {"story": story},
        "story": story,
        "opts": Article._meta,
        "form": form,
        "address": address,
        "links": story.share_links.select_related("created_by"),
        "open": set(story.share_links.open().values_list("pk", flat=True)),
        "possible": story.is_shareable,
    }
    response = TemplateResponse(request, "admin/articles/article/share.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@transaction.atomic
def _give(request: HttpRequest, story: Article, form: ShareForm) -> str:
    """Create a link and return its path."""
    link, token = ShareLink.objects.create_with_token(story, by=signed_in(request), **form.cleaned_data)
    _log(request, story, log_message(gettext_noop("Shared with %(name)s"), {"name": link}))
    return reverse("shared", args=[token])


@transaction.atomic
def revoke_link(model_admin: ArticleAdmin, request: HttpRequest, story_id: int, link_id: int) -> HttpResponse:
    story = model_admin.get_story(request, story_id)
    if not story.may_be_shared_by(signed_in(request)):
        raise PermissionDenied
    link = get_object_or_404(story.share_links, pk=link_id)
    link.revoke()
    _log(request, story, log_message(gettext_noop("No longer shared with %(name)s"), {"name": link}))
    messages.success(request, _("The link for %(name)s no longer works.") % {"name": link})
    return HttpResponseRedirect(reverse("admin:articles_article_share", args=[story.pk]))


def _log(request: HttpRequest, story: Article, message: str) -> None:
    by = signed_in(request)
    LogEntry.objects.log_actions(by.pk, [story], CHANGE, message, single_object=True)
