"""One event on its way to one webhook: whether it arrived, and what the service answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models import FollowUp
from newsroom.models.story_event import StoryEvent
from newsroom.models.webhook import CALLING, Webhook

TRIED_FOR = datetime.timedelta(days=1)


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def request(self, event: StoryEvent, webhooks: Iterable[Webhook]) -> None:
        """Let these webhooks be told of this event, each once."""
        rows = [self.model(webhook=webhook, event=event) for webhook in webhooks]
        self.bulk_create(rows, ignore_conflicts=True)
        if rows:
            FollowUp.objects.request(CALLING, [row.webhook_id for row in rows])

    def waiting(self) -> WebhookDeliveryQuerySet:
        """Return what is to be sent, the least tried first: one that always fails holds up no other."""
        return self.filter(state=WebhookDelivery.State.WAITING).order_by("attempts", "pk")

    def newest_first(self) -> WebhookDeliveryQuerySet:
        return self.order_by("-pk")


class WebhookDelivery(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    event = models.ForeignKey(StoryEvent, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    requested_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # of the last answer; none where none came
    answer = models.TextField(blank=True)  # the beginning of it, or why there was none

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "delivery"
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="webhook_delivery_once")]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="webhook_delivery_newest"),
            models.Index(
                fields=["webhook", "attempts", "id"], name="webhook_delivery_waiting", condition=Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.event_id} {self.state}"

    @property
    def is_given_up(self) -> bool:
        """Return whether it has been tried for long enough."""
        return clock.now() - self.requested_at > TRIED_FOR

    @property
    def result(self) -> str:
        """Return what the service answered, or why there was no answer."""
        if self.status:
            return f"{self.status} {self.answer}".strip()
        return gettext(self.answer) if self.answer else ""

    def send_again(self) -> None:
        """Let it be sent once more, with the same id: a service that has it may drop it."""
        changes = {"state": self.State.WAITING, "requested_at": clock.now(), "attempts": 0}
        type(self).objects.filter(pk=self.pk).update(**changes)
        FollowUp.objects.request(CALLING, [self.webhook_id])
