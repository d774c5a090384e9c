"""Each thing that happens to a story tells the people whom it concerns, and nobody else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Revision, TagProposal
from articles.models.content import Edit
from newsroom.models import StoryEvent, User
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_submitted_story_is_told_to_those_who_may_publish_it(story, moutiou, awa, koffi, told):
    cast.tag_staff("tagstaff")
    story.submit(moutiou)
    assert told() == [("awa", "submitted"), ("koffi", "submitted")]


def test_who_submits_is_not_told(story, awa, koffi, told):
    story.submit(awa)
    assert told() == [("koffi", "submitted")]


def test_editors_of_other_sections_are_not_told(story, moutiou, awa, koffi, told):
    koffi.sections.add(cast.section("Sport", "sport"))
    awa.sections.add(story.section)
    story.submit(moutiou)
    assert told() == [("awa", "submitted")]


def test_a_story_without_a_section_is_every_editors(moutiou, awa, koffi, told):
    koffi.sections.add(cast.section("Sport", "sport"))
    cast.draft("Le port", created_by=moutiou, section=None).submit(moutiou)
    assert told() == [("awa", "submitted"), ("koffi", "submitted")]


def test_who_left_is_not_told(story, moutiou, awa, koffi, told):
    type(koffi).objects.filter(pk=koffi.pk).update(is_active=False)
    story.submit(moutiou)
    assert told() == [("awa", "submitted")]


def test_a_story_that_was_sent_back_is_told_to_its_writers(story, moutiou, awa, koffi, told):
    ada = cast.reporter("ada")
    story.set_authors([cast.author("Ada", "ada", user=ada)])
    story.submit(moutiou)
    StoryEvent.objects.all().delete()
    story.send_back(awa, Edit(note="Les chiffres manquent."))
    assert told() == [("ada", "sent-back"), ("moutiou", "sent-back")]
    assert StoryEvent.objects.get().facts == {"note": "Les chiffres manquent."}


def test_a_published_story_is_told_to_its_writers(story, awa, koffi, told):
    story.publish(awa)
    assert told() == [("moutiou", "published")]


def test_who_publishes_the_own_story_is_not_told(awa, told):
    cast.draft(created_by=awa).publish(awa)
    assert told() == []


def test_an_archive_tells_nobody(story, awa, told):
    story.publish(awa, at=timezone.now() - timezone.timedelta(days=2))
    assert told() == []


def test_text_that_was_kept_is_told_to_the_person_who_typed_it(story, awa, told):
    kept = story.keep_unsaved(awa, Edit({**story.newest_content, "headline": "Autre"}, story.version))
    assert told() == [("awa", "kept")]
    assert StoryEvent.objects.get().facts["version"] == kept.pk


def test_a_note_tells_the_people_whom_it_names(story, awa, koffi, moutiou, told):
    note = "@Koffi, et @moutiou-adjibi-nourou : voir @personne et desk@awa.example.org."
    cast.author(user=moutiou)
    story.save_draft(awa, Edit(story.newest_content, story.version, note=note))
    assert told() == [("koffi", "mentioned"), ("moutiou", "mentioned")]


def test_nobody_hears_in_a_note_of_a_story_that_they_may_not_open(story, awa, told):
    cast.reporter("ada")
    story.save_draft(awa, Edit(story.newest_content, story.version, note="@ada, regarde"))
    assert told() == []


def test_a_note_that_goes_back_with_a_story_is_one_event_for_writers_and_those_whom_it_names(
    story, awa, koffi, moutiou, told
):
    story.submit(moutiou)
    StoryEvent.objects.all().delete()
    story.send_back(awa, Edit(note="@moutiou, les chiffres ! @koffi, tu vérifies ?"))
    assert told() == [("koffi", "sent-back"), ("moutiou", "sent-back")]


def test_a_note_that_is_kept_with_a_text_names_nobody_before_it_is_saved(story, awa, koffi, told):
    story.keep_unsaved(awa, Edit(story.newest_content, story.version, note="@koffi"))
    assert told() == [("awa", "kept")]


def test_a_decision_about_a_tag_is_told_to_who_proposed_it(story, moutiou, awa, told):
    TagProposal.objects.revise(story, moutiou, ["Coton", "Fibre"])
    coton, fibre = TagProposal.objects.order_by("name")
    coton.accept(awa)
    fibre.decline(awa, "Trop vague.")
    assert told() == [("moutiou", "tag-decided")] * 2
    facts = [event.facts for event in StoryEvent.objects.order_by("pk")]
    assert [(one["tag"], one["accepted_as"], one["answer"]) for one in facts] == [
        ("Coton", "Coton", ""),
        ("Fibre", "", "Trop vague."),
    ]


def test_a_proposal_that_is_taken_back_is_no_decision(story, moutiou, told):
    TagProposal.objects.revise(story, moutiou, ["Coton"])
    TagProposal.objects.revise(story, moutiou, taken_back=[TagProposal.objects.get().pk])
    assert told() == []


@pytest.fixture
def changes(awa, koffi, moutiou):
    """Return a live story whose changes were scheduled by Koffi and are due."""
    live = cast.story("Le port", created_by=moutiou)
    StoryEvent.objects.all().delete()
    edit = Edit({**live.newest_content, "headline": "Le quai"}, live.version)
    live.schedule_changes(koffi, timezone.now() + timezone.timedelta(hours=1), edit)
    Article.objects.update(due_at=timezone.now() - timezone.timedelta(minutes=1))
    return cast.fresh(live)


def test_changes_that_went_live_at_their_time_are_told_to_the_writers(changes, told):
    Article.objects.put_due_changes_live()
    assert told() == [("moutiou", "went-out")]


def test_changes_that_could_not_go_live_are_told_to_editors_and_who_scheduled_them(changes, koffi, told, monkeypatch):
    User.objects.filter(username="chief").delete()
    koffi.groups.set(cast.reporter("ada").groups.all())  # who scheduled them, and is a reporter now
    Article.objects.filter(pk=changes.pk).update(created_by=koffi)

    def fail(*_args):
        raise ValidationError("Ce titre est pris.")

    monkeypatch.setattr(Article, "_put_live", fail)
    Article.objects.put_due_changes_live()
    Article.objects.update(due_at=timezone.now())
    Article.objects.put_due_changes_live()
    assert told() == [("awa", "stuck"), ("koffi", "stuck")]
    assert StoryEvent.objects.get().facts["reason"] == "Ce titre est pris."


def test_a_rehearsal_tells_nobody(changes, told):
    with transaction.atomic():
        Article.objects.put_due_changes_live(is_rehearsal=True)
        transaction.set_rollback(True)
    assert told() == []


@pytest.mark.parametrize("note", ["", "sans nom", "desk@example.org"])
def test_a_save_that_concerns_nobody_writes_no_event(story, awa, note):
    story.save_draft(awa, Edit({**story.newest_content, "headline": "Autre"}, story.version, note=note))
    assert Revision.objects.exists()
    assert not StoryEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_verb_that_is_rolled_back_tells_nobody(story, moutiou, awa, told):
    with transaction.atomic():
        story.submit(moutiou)
        transaction.set_rollback(True)
    assert (told(), StoryEvent.objects.count()) == ([], 0)
