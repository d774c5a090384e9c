"""The models of the project: the people who work here, what they did, and what they are told."""

from newsroom.models.audit_entry import AuditEntry
from newsroom.models.notice import Notice
from newsroom.models.notice_choice import NoticeChoice
from newsroom.models.story_event import StoryEvent
from newsroom.models.user import User
from newsroom.models.webhook import Webhook
from newsroom.models.webhook_delivery import WebhookDelivery

__all__ = ["AuditEntry", "Notice", "NoticeChoice", "StoryEvent", "User", "Webhook", "WebhookDelivery"]
