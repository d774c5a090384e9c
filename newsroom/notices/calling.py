"""Calls the webhooks: signed, again at growing intervals while a service does not answer, and noted in the log."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_noop

from articles import clock
from articles.failures import describe_error
from articles.models import FollowUp
from articles.models.follow_up import works_on
from newsroom.models import StoryEvent, Webhook, WebhookDelivery
from newsroom.models.webhook import CALLING
from newsroom.notices.network import PostAnswer, RefusedAddress, post
from newsroom.notices.shapes import shape_event

CALLS_IN_A_ROW = 3  # each takes ten seconds at most, and another process takes the work of one that is silent for sixty
MAX_EXCERPT_LENGTH = 300  # characters of an answer in the log
TRY_AGAIN = {408, 425, 429}  # of the answers that otherwise refuse for good
State = WebhookDelivery.State


@works_on(CALLING)
def call_webhook(task: FollowUp) -> bool:
    """Tell the webhook with this id what waits for it. False when a call has to be made again later."""
    webhook = Webhook.objects.filter(pk=task.key, is_active=True).first()
    if webhook is None:
        return True
    for delivery in WebhookDelivery.objects.waiting().filter(webhook=webhook)[:CALLS_IN_A_ROW]:
        if not _deliver(webhook, delivery):
            return False
    if WebhookDelivery.objects.waiting().filter(webhook=webhook).exists():
        FollowUp.objects.request(CALLING, [webhook.pk])
    return True


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a message: HMAC with SHA-256 of its time, a point and its body.

    >>> sign("key", "1700000000", b"{}")
    'sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae'
    """
    return f"sha256={hmac.new(secret.encode(), timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"


def hide_path(text: str, url: str) -> str:
    """Return the text without what is secret of an address.

    >>> hide_path("InvalidURL: no '/T0/x y'", "https://hooks.example.org/T0/x y")
    "InvalidURL: no '/…'"
    """
    parts = urlsplit(url)
    for secret in filter(None, (parts.path.strip("/"), parts.query)):
        text = text.replace(secret, "…")
    return text


def _deliver(webhook: Webhook, delivery: WebhookDelivery) -> bool:
    """Call once and note what came of it; return whether that is final."""
    event = StoryEvent.objects.with_details().filter(pk=delivery.event_id).first()
    if event is None:
        _note(delivery, State.FAILED, None, gettext_noop("The story is no longer there."))
        return True
    try:
        answer = _call(webhook, event)
    except RefusedAddress as error:
        _note(delivery, State.FAILED, None, str(error))
        return True
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _note_failure(delivery, None, hide_path(describe_error(error), webhook.url))
    if 200 <= answer.status < 300:
        _note(delivery, State.DELIVERED, answer.status, answer.text)
        return True
    if answer.status < 500 and answer.status not in TRY_AGAIN:
        _note(delivery, State.FAILED, answer.status, answer.text)
        return True
    return _note_failure(delivery, answer.status, answer.text)


def _call(webhook: Webhook, event: StoryEvent) -> PostAnswer:
    with translation.override(settings.LANGUAGE_CODE):
        body = json.dumps(shape_event(event, webhook.shape), ensure_ascii=False).encode()
    timestamp = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "newsroom",
        "X-Newsroom-Delivery": str(event.uuid),
        "X-Newsroom-Timestamp": timestamp,
        "X-Newsroom-Signature": sign(webhook.secret, timestamp, body),
    }
    return post(webhook.url, body, headers, may_be_private=settings.WEBHOOK_PRIVATE_ADDRESSES)


def _note_failure(delivery: WebhookDelivery, status: int | None, answer: str) -> bool:
    """Note it, and let the call be made again later, for a day; return whether that is over."""
    _note(delivery, State.FAILED if delivery.is_given_up else State.WAITING, status, answer)
    return delivery.is_given_up


def _note(delivery: WebhookDelivery, state: str, status: int | None, answer: str) -> None:
    excerpt = answer.replace("\0", "")[:MAX_EXCERPT_LENGTH]
    changes: dict[str, Any] = {"state": state, "status": status, "answer": excerpt, "tried_at": clock.now()}
    WebhookDelivery.objects.filter(pk=delivery.pk).update(attempts=delivery.attempts + 1, **changes)
