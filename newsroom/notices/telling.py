"""Turns an event into notices, after the commit: as often as it is done, everybody has one of each event."""

from __future__ import annotations

from django.db import transaction

from articles.models import FollowUp
from articles.models.follow_up import works_on
from newsroom.models import Notice, StoryEvent
from newsroom.models.story_event import TELLING
from newsroom.notices.recipients import people_to_tell


@works_on(TELLING)
@transaction.atomic
def tell(task: FollowUp) -> bool:
    """Give a notice to everybody whom the event with this id concerns."""
    event = StoryEvent.objects.with_details().filter(pk=task.key).first()
    if event:
        notices = [Notice(event=event, person=person) for person in people_to_tell(event)]
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return True
