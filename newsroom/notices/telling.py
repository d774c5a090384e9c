"""Turns an event into notices, after the commit: as often as it is done, everybody has one of each event."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from articles.models import FollowUp
from articles.models.follow_up import works_on
from newsroom.models import Notice, NoticeChoice, StoryEvent, Webhook, WebhookDelivery
from newsroom.models.story_event import TELLING
from newsroom.notices.recipients import people_to_tell


@works_on(TELLING)
@transaction.atomic
def tell(task: FollowUp) -> bool:
    """Give a notice of the event with this id to everybody whom it concerns, as they chose, and to webhooks."""
    event = StoryEvent.objects.with_details().filter(pk=task.key).first()
    if event:
        _tell_people(event)
        WebhookDelivery.objects.request(event, Webhook.objects.wanting(event))
    return True


def _tell_people(event: StoryEvent) -> None:
    ways: dict[int, set[str]] = defaultdict(set)
    for kind in sorted(event.kinds):
        for person, chosen in NoticeChoice.objects.ways_of(people_to_tell(event, kind), kind).items():
            ways[person] |= chosen
    Notice.objects.bulk_create(
        [
            Notice(
                event=event,
                person_id=person,
                in_bell=NoticeChoice.Way.BELL in chosen,
                by_mail=NoticeChoice.Way.MAIL in chosen,
            )
            for person, chosen in ways.items()
            if chosen
        ],
        ignore_conflicts=True,
    )
    Notice.objects.request_mail([person for person, chosen in ways.items() if NoticeChoice.Way.MAIL in chosen])
