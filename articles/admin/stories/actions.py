"""Actions on many stories at once: each one asks, checks every story, counts and logs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.refused_message import refused_message
from articles.admin.stories.buttons import carry_out, checklist_advice, find_obstacle
from articles.admin.stories.form.checks import describe_refusal
from articles.models import Article
from articles.models.article import StaleStory
from articles.users import signed_in

MAX_STORIES_PER_ACTION = 200  # stories at once

Action = Callable[[Any, HttpRequest, QuerySet[Article]], HttpResponse | None]


def action(verb: str, title: Any, permission: str) -> Action:
    @admin.action(description=title, permissions=[permission])
    def act(model_admin: Any, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse | None:
        stories = list(chosen.select_related("section")[:MAX_STORIES_PER_ACTION])
        if "confirmed" in request.POST:
            _carry_out_on_stories(verb, stories, request)
            return None
        checked = [(story, find_obstacle(verb, story, signed_in(request))) for story in stories]
        context = {
            **model_admin.admin_site.each_context(request),
            "title": title,
            "opts": model_admin.model._meta,
            "action": act.__name__,
            "possible": [
                (story, checklist_advice(verb, story, signed_in(request))) for story, problem in checked if not problem
            ],
            "impossible": [(story, problem) for story, problem in checked if problem],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/articles/article/confirm_action.html", context)

    act.__name__ = f"{verb}_selected"
    return act


def _carry_out_on_stories(verb: str, stories: list[Article], request: HttpRequest) -> None:
    """Carry out the verb on each story separately, so that one failure does not stop the others."""
    done = 0
    for story in stories:
        name = str(story)  # a verb that fails may have changed it
        problem = find_obstacle(verb, story, signed_in(request))
        if problem:
            messages.error(request, refused_message(name, problem))
            continue
        try:
            with transaction.atomic():
                carry_out(verb, story, signed_in(request))
            done += 1
        except StaleStory:
            messages.error(request, _("“%(story)s”: somebody saved it a moment ago; check it again.") % {"story": name})
        except (ValidationError, IntegrityError) as error:
            messages.error(request, refused_message(name, describe_refusal(error)))
    if done:
        text = ngettext("%(count)d story: done.", "%(count)d stories: done.", done) % {"count": done}
        messages.success(request, text)


submit = action("submit", gettext_lazy("Submit for review"), "change")
publish = action("publish", gettext_lazy("Publish now"), "publish")
publish_changes = action("publish_changes", gettext_lazy("Publish changes"), "publish")
withdraw = action("withdraw", gettext_lazy("Withdraw"), "publish")
back_to_draft = action("draft", gettext_lazy("Back to draft"), "change")
