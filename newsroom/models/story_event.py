"""What happened to a story that people want to be told: written by the transaction in which it happened.

An event that is here has happened, and one that is not has not. Who is told, and how, is found after the commit
(newsroom/notices/telling.py).
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.models import Article, FollowUp
from newsroom.models.user import User

TELLING = "event"  # the kind of follow-up; the key is the id of an event


class StoryEventQuerySet(models.QuerySet["StoryEvent"]):
    def record(self, kind: str, story_id: int, by: User | None = None, **facts: Any) -> StoryEvent:
        """Write the event, and let people be told after the commit."""
        event = self.create(kind=kind, story_id=story_id, actor=by, at=clock.now(), facts=facts)
        FollowUp.objects.request_on_commit(TELLING, event.pk)
        return event

    def record_once(self, identity: uuid.UUID, kind: str, story_id: int, at: datetime.datetime) -> None:
        """Write an event that nobody did, of which several processes may learn: the first one writes it."""
        _event, is_new = self.get_or_create(uuid=identity, defaults={"kind": kind, "story_id": story_id, "at": at})
        if is_new:
            FollowUp.objects.request_on_commit(TELLING, _event.pk)

    def with_details(self) -> StoryEventQuerySet:
        """Load all that is said of an event, in the same query. An event whose story has gone is not there."""
        return self.select_related("story", "actor").only(
            *("kind", "uuid", "at", "facts", "actor__username", "actor__first_name", "actor__last_name"),
            *("story__headline", "story__language", "story__section", "story__status", "story__created_by"),
            *("story__publish_at", "story__unpublish_at", "story__slug", "story__address_date"),
        )


class StoryEvent(models.Model):
    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("submitted for review")
        SENT_BACK = "sent-back", _("sent back")
        PUBLISHED = "published", _("published")
        WENT_OUT = "went-out", _("went out at its time")
        STUCK = "stuck", _("could not go out")
        KEPT = "kept", _("text kept that was not saved")
        MENTIONED = "mentioned", _("@name in a note")
        TAG_DECIDED = "tag-decided", _("proposed tag accepted or declined")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)  # by which receivers know an event that comes twice
    kind = models.CharField(max_length=20, choices=Kind)
    # A story in the trash has no row, and its events stay.
    story = models.ForeignKey(Article, models.DO_NOTHING, db_constraint=False, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)
    facts = models.JSONField(default=dict)  # what else there is to say, such as the note; see notices/recording.py

    objects = StoryEventQuerySet.as_manager()

    class Meta:
        verbose_name = "event"
        verbose_name_plural = "events"

    def __str__(self) -> str:
        return f"{self.kind} {self.story_id}"

    @property
    def kinds(self) -> set[str]:
        """Return what it is by its kind, and that it names people when its note does."""
        return {self.kind, self.Kind.MENTIONED} if self.facts.get("names") else {self.kind}
