"""An address of another service, such as a channel of Slack, that is told what happens here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from articles.models import Section
from newsroom.models.story_event import StoryEvent

CALLING = "webhook"  # the kind of follow-up; the key is the id of a webhook
SALT_LENGTH = 22


def new_salt() -> str:
    return get_random_string(SALT_LENGTH)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def wanting(self, event: StoryEvent) -> list[Webhook]:
        """Return the webhooks in use that are told of this event."""
        found = self.filter(is_active=True).prefetch_related("sections")
        return [webhook for webhook in found if webhook.wants(event)]


class Webhook(models.Model):
    class Shape(models.TextChoices):
        JSON = "json", _("JSON, for a program of yours")
        SLACK = "slack", "Slack"
        MATTERMOST = "mattermost", "Mattermost"
        TEAMS = "teams", "Microsoft Teams"

    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address"), max_length=1000, help_text=_("Where the service takes messages: https://…"))
    shape = models.CharField(_("what it is sent"), max_length=20, choices=Shape, default=Shape.JSON)
    kinds: Any = models.JSONField(_("events"), default=list)
    sections = models.ManyToManyField(
        Section, verbose_name=_("sections"), blank=True, related_name="+", help_text=_("Tick none for all.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    salt = models.CharField(max_length=SALT_LENGTH, default=new_salt, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    @property
    def masked_url(self) -> str:
        """Return the address without the part by which anybody could write there."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}/…"

    @property
    def secret(self) -> str:
        """Return the key of its signatures, which is stored nowhere: it follows from SECRET_KEY."""
        return salted_hmac("newsroom.Webhook", self.salt, algorithm="sha256").hexdigest()

    def wants(self, event: StoryEvent) -> bool:
        sections = {section.pk for section in self.sections.all()}
        return bool(event.kinds.intersection(self.kinds)) and (not sections or event.story.section_id in sections)
