"""What of all that happens becomes an event: receivers of the signals that the verbs send in their transactions."""

from __future__ import annotations

import datetime
from typing import Any

from django.dispatch import receiver

from articles.models import Article, Revision, StuckChanges, TagProposal
from articles.models.revision import revision_recorded
from articles.models.stuck_changes import changes_stuck
from articles.models.tag_proposal import tag_proposal_decided
from newsroom.models import StoryEvent
from newsroom.notices.names import find_names
from newsroom.notices.outings import await_outing

NEWS_FOR = datetime.timedelta(days=1)  # a story that is older when it is published comes from an archive

KIND_OF_VERSION = {
    Revision.Event.SUBMITTED: StoryEvent.Kind.SUBMITTED,
    Revision.Event.SENT_BACK: StoryEvent.Kind.SENT_BACK,
    Revision.Event.PUBLISHED: StoryEvent.Kind.PUBLISHED,
    Revision.Event.CHANGES_DUE: StoryEvent.Kind.WENT_OUT,
    Revision.Event.KEPT: StoryEvent.Kind.KEPT,
}
# A note that is kept is not sent yet; one that goes back with a story is told with it, also to those whom it names.
TELLING_NO_NAMES = {Revision.Event.KEPT, Revision.Event.SENT_BACK}


@receiver(revision_recorded)
def record_version(revision: Revision, **_kwargs: Any) -> None:
    story, by = revision.article, revision.saved_by
    if revision.event == Revision.Event.SCHEDULED:
        await_outing(story)
    elif kind := _kind_of(revision, story):
        StoryEvent.objects.record(kind, story.pk, by, **_facts(revision))
    if revision.event not in TELLING_NO_NAMES and (names := find_names(revision.note)):
        StoryEvent.objects.record(StoryEvent.Kind.MENTIONED, story.pk, by, note=revision.note, names=names)


@receiver(changes_stuck)
def record_stuck_changes(mark: StuckChanges, story_id: int, **_kwargs: Any) -> None:
    scheduled_by = Revision.objects.filter(pk=mark.revision_id).values_list("saved_by", flat=True).first()
    StoryEvent.objects.record(
        StoryEvent.Kind.STUCK, story_id, reason=mark.reason, people=[scheduled_by] if scheduled_by else []
    )


@receiver(tag_proposal_decided)
def record_tag_decision(proposal: TagProposal, **_kwargs: Any) -> None:
    StoryEvent.objects.record(
        StoryEvent.Kind.TAG_DECIDED,
        proposal.story_id,
        proposal.decided_by,
        tag=proposal.name,
        accepted_as=proposal.accepted_as,
        answer=proposal.answer,
        people=[proposal.proposed_by_id] if proposal.proposed_by_id else [],
    )


def _kind_of(revision: Revision, story: Article) -> str | None:
    kind = KIND_OF_VERSION.get(Revision.Event(revision.event))
    if kind == StoryEvent.Kind.PUBLISHED and story.publish_at and story.publish_at < revision.saved_at - NEWS_FOR:
        return None
    return kind


def _facts(revision: Revision) -> dict[str, Any]:
    match revision.event:
        case Revision.Event.SENT_BACK:
            names = find_names(revision.note)
            return {"note": revision.note} | ({"names": names} if names else {})
        case Revision.Event.KEPT:
            return {"version": revision.pk, "people": [revision.saved_by_id] if revision.saved_by_id else []}
        case Revision.Event.CHANGES_DUE:
            return {"changes": True}
    return {}
