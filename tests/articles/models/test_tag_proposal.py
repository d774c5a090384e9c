"""A tag that a reporter proposes waits for the tag staff, and comes onto its story by the story's own verb."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Tag, TagProposal, TrashEntry
from articles.models.tag_proposal import MAX_OPEN
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(moutiou):
    return cast.draft("Le port", created_by=moutiou, tags=["Togo"])


def propose(story, by, *names):
    TagProposal.objects.revise(story, by, names)
    return TagProposal.objects.order_by("pk").last()


def tags(story):
    return [tag.name for tag in cast.fresh(story).tags_in_order]


def test_an_accepted_tag_is_created_and_comes_last_onto_the_story(story, moutiou, koffi):
    proposal = propose(story, moutiou, "Grand Nokoué")
    assert not Tag.objects.filter(name="Grand Nokoué").exists()
    tag = proposal.accept(koffi)
    assert (tag.name, tags(story)) == ("Grand Nokoué", ["Togo", "Grand Nokoué"])
    assert cast.fresh(story).version == story.version + 1
    assert "tagged" in [revision.event for revision in story.revisions.all()]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.accepted_as) == ("accepted", koffi, "Grand Nokoué")


@pytest.mark.parametrize("existing", ["GRAND NOKOUE", "alias"])
def test_a_name_that_a_tag_has_meanwhile_gives_that_tag(story, moutiou, koffi, existing):
    proposal = propose(story, moutiou, "Grand Nokoué")
    tag = Tag.objects.create_named("Cotonou" if existing == "alias" else existing)
    if existing == "alias":
        tag.aliases.create(name="Grand Nokoué")
    assert proposal.accept(koffi) == tag
    assert tags(story) == ["Togo", tag.name]


def test_it_is_accepted_as_another_tag(story, moutiou, koffi):
    cotonou = Tag.objects.create_named("Cotonou")
    propose(story, moutiou, "Grand Nokoué").accept(koffi, cotonou)
    assert tags(story) == ["Togo", "Cotonou"]
    assert TagProposal.objects.get().accepted_as == "Cotonou"
    assert Tag.objects.count() == 2


def test_a_tag_that_is_gone_meanwhile_is_not_accepted(story, moutiou, koffi):
    proposal, cotonou = propose(story, moutiou, "Grand Nokoué"), Tag.objects.create_named("Cotonou")
    Tag.objects.get(pk=cotonou.pk).retire(None)
    with pytest.raises(ValidationError):
        proposal.accept(koffi, cotonou)
    assert TagProposal.objects.open().count() == 1


def test_readers_of_a_live_story_see_it_at_once_and_changes_that_wait_have_it(story, moutiou, koffi, client):
    awa = cast.editor()
    story.publish(awa)
    story.save_draft(awa, cast.typed(story, headline="Pas encore"))
    propose(story, moutiou, "Grand Nokoué").accept(koffi)
    found = cast.fresh(story)
    assert (found.headline, tags(story)) == ("Le port", ["Togo", "Grand Nokoué"])
    assert [name for _pk, name in found.newest_content["tags"]] == ["Togo", "Grand Nokoué"]
    assert "Le port" in client.get("/tag/grand-nokoue/").text
    assert Tag.objects.get(name="Grand Nokoué").story_count == 1


@pytest.mark.parametrize("state", ["in_review", "withdrawn", "scheduled"])
def test_a_story_in_any_state_gets_it(story, moutiou, koffi, state):
    proposal = propose(story, moutiou, "Grand Nokoué")
    awa = cast.editor()
    if state == "in_review":
        story.submit(moutiou)
    elif state == "scheduled":
        story.publish(awa, at=timezone.now() + datetime.timedelta(hours=1))
    else:
        story.publish(awa)
        story.withdraw(awa)
    proposal.accept(koffi)
    assert tags(story) == ["Togo", "Grand Nokoué"]


def test_a_declined_one_keeps_the_answer_and_leaves_the_story(story, moutiou, koffi):
    propose(story, moutiou, "Grand Nokoué").decline(koffi, "Trop large.")
    assert TagProposal.objects.get().answer == "Trop large."
    assert (tags(story), cast.fresh(story).version) == (["Togo"], story.version)


def test_it_is_decided_once(story, moutiou, koffi):
    proposal = propose(story, moutiou, "Grand Nokoué")
    same = TagProposal.objects.get()
    proposal.decline(koffi)
    for again in (lambda: same.accept(koffi), lambda: same.decline(koffi)):
        with pytest.raises(ValidationError):
            again()
    assert tags(story) == ["Togo"]


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_who_may_not_create_tags_decides_nothing(story, moutiou, verb):
    with pytest.raises(PermissionDenied):
        getattr(propose(story, moutiou, "Grand Nokoué"), verb)(moutiou)
    assert TagProposal.objects.open().count() == 1


def test_nobody_proposes_for_a_story_that_they_may_not_open(story):
    with pytest.raises(PermissionDenied):
        propose(story, cast.reporter("ada"), "Grand Nokoué")


def test_one_name_waits_once_for_a_story(story, moutiou):
    propose(story, moutiou, "Grand Nokoué")
    propose(story, moutiou, "GRAND-NOKOUE")
    assert TagProposal.objects.get().name == "Grand Nokoué"
    with pytest.raises(IntegrityError), transaction.atomic():
        TagProposal.objects.create(story=story, name="grand nokoue", key="grand nokoue")


def test_only_so_many_wait_for_a_story(story, moutiou):
    propose(story, moutiou, *(f"Nom {number}" for number in range(MAX_OPEN)))
    with pytest.raises(ValidationError):
        propose(story, moutiou, "Un de trop")
    assert TagProposal.objects.count() == MAX_OPEN


def test_what_is_taken_back_waits_no_longer_and_what_is_decided_stays(story, moutiou, koffi):
    one, two = propose(story, moutiou, "Un"), propose(story, moutiou, "Deux")
    two.decline(koffi)
    TagProposal.objects.revise(story, moutiou, taken_back=[one.pk, two.pk])
    assert [*TagProposal.objects.order_by("pk").values_list("state", flat=True)] == ["withdrawn", "declined"]


def test_merging_and_deleting_tags_leaves_proposals(story, moutiou, koffi):
    waiting, accepted = propose(story, moutiou, "Lomé"), propose(story, moutiou, "Kara")
    source, target = accepted.accept(koffi), Tag.objects.create_named("Ville")
    target.merge([source], koffi)
    target.retire(koffi, remove_from_stories=True)
    waiting.accept(koffi)
    assert tags(story) == ["Togo", "Lomé"]
    assert TagProposal.objects.get(pk=accepted.pk).accepted_as == "Kara"


def test_it_survives_its_proposer(story, moutiou, koffi):
    proposal = propose(story, moutiou, "Grand Nokoué")
    Article.objects.filter(pk=story.pk).update(created_by=None)
    moutiou.delete()
    proposal.refresh_from_db()
    assert proposal.proposed_by is None
    proposal.accept(koffi)
    assert tags(story) == ["Togo", "Grand Nokoué"]


def test_a_story_in_the_trash_takes_its_proposals_along_and_back(story, moutiou):
    propose(story, moutiou, "Grand Nokoué")
    entry = TrashEntry.objects.put_in(story, cast.editor())
    assert not TagProposal.objects.exists()
    entry.put_back(None)
    assert TagProposal.objects.open().get().story_id == story.pk


def test_others_decisions_are_told_and_own_ones_are_not(story, moutiou, koffi):
    propose(story, moutiou, "Un").decline(koffi)
    own = propose(story, moutiou, "Deux")
    TagProposal.objects.revise(story, moutiou, taken_back=[own.pk])
    since = story.saved_at - datetime.timedelta(days=1)
    assert [one.name for one in TagProposal.objects.decided_for(moutiou, since)] == ["Un"]
