"""Actions on many stories at once: each one asks, checks every story, counts and logs.

A story that a colleague saved after the list was loaded is left out: nobody has seen what would go out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from articles.admin.refused_message import refused_message
from articles.admin.stories.buttons import carry_out, checklist_advice, dropped_time, find_obstacle
from articles.admin.stories.form.checks import describe_refusal
from articles.admin.stories.form.fields import reason_field
from articles.admin.stories.seen_versions import changed_message, is_as_seen
from articles.models import Article
from articles.models.article import StaleStory
from articles.models.content import Edit
from articles.states import describe_moment
from articles.users import signed_in

if TYPE_CHECKING:
    from articles.users import User

MAX_STORIES_PER_ACTION = 200  # stories at once

StoryAction = Callable[[Any, HttpRequest, QuerySet[Article]], HttpResponse | None]


class WithdrawalForm(forms.Form):
    reason = reason_field()


def action(verb: str, title: Any, permission: str, done: Any, form_class: type[forms.Form] = forms.Form) -> StoryAction:
    """Return the action of this verb.

    `done` says to how many stories it was done, and the form asks what else is to know before it is.
    """

    @admin.action(description=title, permissions=[permission])
    def act(model_admin: Any, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse | None:
        stories = list(chosen.select_related("section")[:MAX_STORIES_PER_ACTION])
        is_confirmed, user = "confirmed" in request.POST, signed_in(request)
        form = form_class(request.POST if is_confirmed else None)
        if form.is_valid():
            count = _carry_out_on_stories(verb, stories, request, Edit(**form.cleaned_data))
            if count:
                messages.success(request, done % {"count": count})
            return None
        checked = [(story, _find_obstacle(verb, story, request)) for story in stories]
        context = {
            **model_admin.admin_site.each_context(request),
            "title": title,
            "opts": model_admin.model._meta,
            "action": act.__name__,
            "form": form,
            "possible": [(story, list(_cautions(verb, story, user))) for story, problem in checked if not problem],
            "impossible": [(story, problem) for story, problem in checked if problem],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/articles/article/confirm_action.html", context)

    act.__name__ = f"{verb}_selected"
    return act


def _find_obstacle(verb: str, story: Article, request: HttpRequest) -> str:
    """Return why this cannot be done to the story now; "" when nothing prevents it."""
    if not is_as_seen(request, story):
        return _("It changed after you loaded the list: check it first.")
    return find_obstacle(verb, story, signed_in(request))


def _cautions(verb: str, story: Article, user: User) -> Iterator[str]:
    """Yield what to know of the story before this is done to it."""
    if advice := checklist_advice(verb, story, user):
        yield _("although the checklist says: %(rules)s") % {"rules": advice}
    if verb == "publish" and (dropped := dropped_time(story, story.publish_at)):
        yield _("The time that it has, %(time)s, no longer counts.") % {"time": describe_moment(dropped)}


def _carry_out_on_stories(verb: str, stories: list[Article], request: HttpRequest, edit: Edit) -> int:
    """Carry out the verb on each story separately, so that one failure does not stop the others.

    Returns on how many.
    """
    done = 0
    for story in stories:
        name = str(story)  # a verb that fails may have changed it
        if not is_as_seen(request, story):
            messages.error(request, changed_message(story, name))
            continue
        problem = find_obstacle(verb, story, signed_in(request))
        if problem:
            messages.error(request, refused_message(name, problem))
            continue
        try:
            with transaction.atomic():
                carry_out(verb, story, signed_in(request), replace(edit, version=story.version))
            done += 1
        except StaleStory:
            messages.error(request, changed_message(story, name))
        except (ValidationError, IntegrityError) as error:
            messages.error(request, refused_message(name, describe_refusal(error)))
    return done


submit = action(
    "submit",
    gettext_lazy("Submit for review"),
    "change",
    ngettext_lazy("%(count)d story is now with the editors.", "%(count)d stories are now with the editors.", "count"),
)
publish = action(
    "publish",
    gettext_lazy("Publish now"),
    "publish",
    ngettext_lazy("%(count)d story is live.", "%(count)d stories are live.", "count"),
)
publish_changes = action(
    "publish_changes",
    gettext_lazy("Publish changes"),
    "publish",
    ngettext_lazy("The changes to %(count)d story are live.", "The changes to %(count)d stories are live.", "count"),
)
withdraw = action(
    "withdraw",
    gettext_lazy("Withdraw"),
    "publish",
    ngettext_lazy(
        "%(count)d story is withdrawn; readers are told that it is no longer available.",
        "%(count)d stories are withdrawn; readers are told that they are no longer available.",
        "count",
    ),
    WithdrawalForm,
)
back_to_draft = action(
    "draft",
    gettext_lazy("Back to draft"),
    "change",
    ngettext_lazy("%(count)d story is a draft again.", "%(count)d stories are drafts again.", "count"),
)
