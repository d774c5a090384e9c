"""What a webhook is sent: the forms that Slack, Mattermost and Teams take, and one for programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from articles.states import name_of
from newsroom.models import StoryEvent, Webhook
from newsroom.notices.sentences import describe_event, path_of_event

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~])")


def shape_event(event: StoryEvent, shape: str) -> dict[str, Any]:
    """Return the message, in the language that is active."""
    return FUNCTIONS_OF_SHAPES[shape](event)


def _for_programs(event: StoryEvent) -> dict[str, Any]:
    story = event.story
    return {
        "id": str(event.uuid),
        "event": event.kind,
        "at": event.at.isoformat(),
        "text": describe_event(event),
        "by": name_of(event.actor) or None,
        "story": {
            "id": story.pk,
            "headline": story.headline,
            "language": story.language,
            "desk_url": _desk_url(event),
            "public_url": settings.SITE_URL + story.get_absolute_url() if story.is_visible() else None,
        },
    }


def _for_slack(event: StoryEvent) -> dict[str, Any]:
    """Return a message in Slack's mrkdwn, in which three characters are escaped, so that it mentions nobody."""
    text = describe_event(event).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": f"{text} <{_desk_url(event)}|{_('Open')}>"}


def _for_mattermost(event: StoryEvent) -> dict[str, Any]:
    """Return a message in Markdown, in which an “@” mentions nobody."""
    text = MARKDOWN.sub(r"\\\1", describe_event(event)).replace("@", "@\u200b")
    return {"text": f"{text} [{_('Open')}]({_desk_url(event)})"}


def _for_teams(event: StoryEvent) -> dict[str, Any]:
    """Return an adaptive card, as the workflows of Teams take it."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "TextBlock", "text": MARKDOWN.sub(r"\\\1", describe_event(event)), "wrap": True}],
        "actions": [{"type": "Action.OpenUrl", "title": _("Open"), "url": _desk_url(event)}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [attachment]}


def _desk_url(event: StoryEvent) -> str:
    return settings.SITE_URL + path_of_event(event)


FUNCTIONS_OF_SHAPES: dict[str, Callable[[StoryEvent], dict[str, Any]]] = {
    Webhook.Shape.JSON: _for_programs,
    Webhook.Shape.SLACK: _for_slack,
    Webhook.Shape.MATTERMOST: _for_mattermost,
    Webhook.Shape.TEAMS: _for_teams,
}
