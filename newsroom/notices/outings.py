"""Learns that a scheduled story went out: nothing has to run at that time, so it is looked for afterwards.

The look is planned in the transaction that schedules the story. One whose time was changed, or that does not go out any
more, is not the story that was planned for: its row ends without an event.
"""

from __future__ import annotations

import datetime
import uuid

from articles import clock
from articles.models import Article, FollowUp
from articles.models.follow_up import works_on
from newsroom.models import StoryEvent

OUTING = "outing"  # the kind of follow-up; the key is the id of a story and its time of publication
NAMESPACE = uuid.UUID("6c0a2f7c-5d0e-4f0b-9d3e-1f4b3a6f8c11")


def await_outing(story: Article) -> None:
    """Look at the story when its time of publication has come."""
    if story.publish_at:
        FollowUp.objects.request(OUTING, [outing_key(story)], after=story.publish_at - clock.now())


def outing_key(story: Article) -> str:
    at = story.publish_at and story.publish_at.astimezone(datetime.UTC)
    return f"{story.pk} {at.isoformat() if at else ''}"


@works_on(OUTING)
def record_outing(task: FollowUp) -> bool:
    """Write the event of a story that went out at the time that was planned."""
    story = Article.objects.visible().filter(pk=task.key.partition(" ")[0]).only("publish_at").first()
    if story and story.publish_at and outing_key(story) == task.key:
        StoryEvent.objects.record_once(
            uuid.uuid5(NAMESPACE, task.key), StoryEvent.Kind.WENT_OUT, story.pk, story.publish_at
        )
    return True
