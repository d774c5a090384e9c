"""Live stories with waiting changes, and what may be done to them."""

import datetime

from django.utils import timezone

from articles.models.content import Edit
from tests.articles.cast import fresh, typed

HOUR = datetime.timedelta(hours=1)
VERBS = {
    "withdraw": lambda story, by: story.withdraw(by),
    "publish_changes": lambda story, by: story.publish_changes(by),
    "schedule_changes": lambda story, by: story.schedule_changes(by, timezone.now() + HOUR),
    "save_draft": lambda story, by: story.save_draft(by, Edit(note="Vu.")),
}


def with_waiting(story, by, **fields):
    """Return a live story whose waiting changes hold this, whatever it is."""
    story.save_draft(by, typed(story, headline="Le port rouvre"))
    waiting = fresh(story).waiting
    waiting.stored |= fields
    waiting.save()
    return fresh(story)
