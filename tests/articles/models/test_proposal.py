"""A proposal is decided once, by somebody who may, in a few words."""

import datetime

import pytest
from django.utils import timezone

from articles.models import TagProposal
from articles.models.proposal import MAX_ANSWER_LENGTH, Proposal
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposals(moutiou):
    """Return three proposals, the longest waiting last."""
    story, now = cast.draft(created_by=moutiou), timezone.now()
    return [
        TagProposal.objects.create(
            story=story,
            name=name,
            key=name.lower(),
            proposed_by=moutiou,
            proposed_at=now - datetime.timedelta(days=number),
        )
        for number, name in enumerate(("Un", "Deux", "Trois"))
    ]


def test_the_longest_waiting_is_first_and_a_decided_one_waits_no_more(proposals, koffi):
    TagProposal.objects.filter(pk=proposals[1].pk).record_decision(Proposal.State.DECLINED, koffi, "Non.")
    assert list(TagProposal.objects.open()) == [proposals[2], proposals[0]]


def test_a_decision_reaches_what_still_waits(proposals, koffi):
    first = TagProposal.objects.filter(pk=proposals[0].pk)
    assert first.record_decision(Proposal.State.DECLINED, koffi, " " + "x" * 600) == 1
    assert TagProposal.objects.all().record_decision(Proposal.State.ACCEPTED, koffi) == 2
    decided = first.get()
    assert (decided.state, decided.decided_by, decided.answer) == ("declined", koffi, "x" * MAX_ANSWER_LENGTH)


def test_who_has_the_permissions_decides(koffi, moutiou):
    assert [TagProposal.may_be_decided_by(person) for person in (koffi, moutiou)] == [True, False]
