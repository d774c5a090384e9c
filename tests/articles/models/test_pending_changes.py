"""Drafts over live stories: what waits never shows, what is due goes live once, and nothing typed is lost."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from articles.models import Article, FormerAddress, Section, Tag
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.cast import fresh, typed
from tests.articles.models.waiting import VERBS, with_waiting

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def due_in_the_past(story):
    """Make the time of its scheduled changes come a moment ago."""
    Article.objects.filter(pk=story.pk).update(due_at=timezone.now() - datetime.timedelta(seconds=1))


def events(story):
    return list(story.revisions.order_by("pk").values_list("event", flat=True))


def test_saving_over_a_live_story_touches_nothing_that_readers_see(live, awa):
    before = Article.objects.filter(pk=live.pk).values("headline", "slug", "body", "changed_at", "publish_at").get()
    tag = Tag.objects.create_named("Mali")
    live.save_draft(awa, typed(live, headline="Le port rouvre", slug="autre", tags=[[tag.pk, "Mali"]]))
    story = fresh(live)
    assert Article.objects.filter(pk=live.pk).values(*before).get() == before
    assert [tag.name for tag in story.tags_in_order] == ["Togo"]
    assert (story.newest_content["headline"], story.newest_content["tags"]) == ("Le port rouvre", [[tag.pk, "Mali"]])
    assert story.version == live.version == 3


def test_publishing_changes_shows_them_and_keeps_the_former_address(live, awa):
    address, first = live.get_absolute_url(), live.first_published_at
    live.save_draft(awa, typed(live, headline="Le port rouvre", slug="le-port-rouvre"))
    fresh(live).publish_changes(awa)
    story = fresh(live)
    assert (story.headline, story.slug, story.first_published_at) == ("Le port rouvre", "le-port-rouvre", first)
    assert not story.has_changes
    assert story.changed_at
    assert FormerAddress.objects.target_of(address).article == story


def test_what_was_typed_is_published_along(live, awa):
    live.publish_changes(awa, typed(live, headline="Le port rouvre"))
    assert fresh(live).headline == "Le port rouvre"


def test_without_changes_there_is_nothing_to_publish(live, awa):
    with pytest.raises(ValidationError):
        live.publish_changes(awa)


def test_scheduled_changes_go_live_once_when_their_time_has_come(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    assert Article.objects.put_due_changes_live() == 0
    assert fresh(live).headline == "Le port ferme"
    due_in_the_past(live)
    assert Article.objects.put_due_changes_live() == 1
    assert Article.objects.put_due_changes_live() == 0
    story = fresh(live)
    assert (story.headline, story.has_changes, story.due_at) == ("Le port rouvre", False, None)
    assert events(story)[-2:] == ["changes-scheduled", "changes-due"]
    assert story.revisions.newest_first().first().saved_by == awa


def test_two_who_see_it_at_once_put_it_live_once(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    due_in_the_past(live)
    one, other = fresh(live), fresh(live)
    assert (one.put_live(timezone.now()), other.put_live(timezone.now())) == (True, False)


def test_an_edit_on_top_of_scheduled_changes_is_neither_lost_nor_published(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    story = fresh(live)
    story.save_draft(awa, typed(story, headline="Le port rouvre lundi"))
    version = story.version
    due_in_the_past(live)
    Article.objects.put_due_changes_live()
    story = fresh(live)
    assert story.headline == "Le port rouvre"
    assert story.newest_content["headline"] == "Le port rouvre lundi"
    assert story.version == version  # the form that somebody has open is still good
    story.publish_changes(awa)
    assert fresh(live).headline == "Le port rouvre lundi"


def test_publishing_newer_changes_ends_the_schedule_of_older_ones(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Ancien"))
    story = fresh(live)
    story.publish_changes(awa, typed(story, headline="Nouveau"))
    assert (fresh(live).headline, fresh(live).due_at) == ("Nouveau", None)
    assert Article.objects.put_due_changes_live(timezone.now() + 2 * HOUR) == 0


def test_changes_come_off_the_schedule_and_wait(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    fresh(live).unschedule_changes(awa)
    story = fresh(live)
    assert (story.due_id, story.due_at, story.newest_content["headline"]) == (None, None, "Le port rouvre")


def test_discarded_changes_stay_in_the_history(live, awa):
    live.save_draft(awa, typed(live, headline="Le port rouvre"))
    fresh(live).discard_changes(awa)
    story = fresh(live)
    assert (story.has_changes, story.newest_content["headline"]) == (False, "Le port ferme")
    assert "Le port rouvre" in [revision.content["headline"] for revision in story.revisions.all()]


def test_typing_the_published_text_again_leaves_no_changes(live, awa):
    live.save_draft(awa, typed(live, headline="Le port rouvre"))
    story = fresh(live)
    story.save_draft(awa, typed(story, headline="Le port ferme"))
    assert not fresh(live).has_changes


def test_a_note_alone_is_kept(live, awa):
    edit = typed(live)
    assert live.save_draft(awa, Edit(edit.content, edit.version, note="Vérifier le chiffre."))
    newest = live.revisions.newest_first().first()
    assert (newest.event, newest.note, fresh(live).has_changes) == ("noted", "Vérifier le chiffre.", False)


def test_an_end_set_on_a_live_story_holds_at_once(live, awa):
    end = timezone.now() + HOUR
    live.save_draft(awa, Edit(live.newest_content, live.version, {"unpublish_at": end}))
    assert (fresh(live).unpublish_at, fresh(live).has_changes) == (end, False)


def test_a_withdrawn_story_goes_on_with_its_newest_text_and_no_schedule(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    fresh(live).withdraw(awa)
    story = fresh(live)
    assert (story.status, story.due_at, story.has_changes, story.headline) == (
        "withdrawn",
        None,
        False,
        "Le port rouvre",
    )


def test_restoring_brings_back_text_people_tags_picture_and_pins(awa):
    picture, other = cast.image(), cast.story("Autre")
    story = cast.draft("Un", authors=[cast.author()], tags=["Togo"], lead_image=picture)
    story.set_related("compact", [other])
    story.save_draft(awa, typed(story, note="", kicker="Ports"))
    first = story.revisions.newest_first().first()
    empty = {"authors": [], "tags": [], "lead_image": None, "pinned_compact": []}
    story = fresh(story)
    story.save_draft(awa, typed(story, headline="Deux", **empty))
    story = fresh(story)
    story.restore(first, awa)
    story = fresh(story)
    assert (story.headline, story.lead_image, story.tags_in_order[0].name) == ("Un", picture, "Togo")
    assert [byline.author for byline in story.authors_in_order] == [cast.author()]
    assert [choice.story for choice in story.related_choices.all()] == [other]
    assert events(story)[-1] == "restored"


def test_what_is_gone_is_left_out_when_an_older_version_comes_back(awa):
    section = Section.objects.create(name="Vieille", slug="vieille")
    story = cast.draft("Un", tags=["Togo", "Burkina"], section=section)
    story.save_draft(awa, typed(story, kicker="x"))
    first = story.revisions.newest_first().first()
    story.save_draft(awa, typed(story, headline="Deux", tags=[], section=[cast.section().pk, "Finance"]))
    section.delete()
    Tag.objects.get(name="Togo").delete()
    burkina = Tag.objects.get(name="Burkina")
    burkina.delete()
    Tag.objects.create_named("Burkina Faso").aliases.create(name="Burkina")
    story = fresh(story)
    story.restore(first, awa)
    story = fresh(story)
    assert (story.headline, story.section.name) == ("Un", "Finance")
    assert [tag.name for tag in story.tags_in_order] == ["Burkina Faso"]


def test_restoring_over_a_live_story_waits(live, awa):
    live.save_draft(awa, typed(live, headline="Le port rouvre"))
    found = live.revisions.order_by("pk").first()
    story = fresh(live)
    story.restore(found, awa)
    assert fresh(live).headline == "Le port ferme"


def test_a_reporter_changes_no_live_story(live):
    moutiou = cast.reporter()
    Article.objects.filter(pk=live.pk).update(created_by=moutiou)
    for verb in ("save_draft", "publish_changes"):
        with pytest.raises(PermissionDenied):
            getattr(live, verb)(moutiou, typed(live, headline="Le port rouvre"))
    assert fresh(live).version == live.version


GONE = {
    "section": [10**9, "Disparue"],
    "lead_image": [10**9, "Disparue"],
    "authors": [[10**9, "Personne", "author"]],
    "pinned_long": [[10**9, "Disparue"]],
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_gone_hinders_no_verb(live, awa, verb):
    story = with_waiting(live, awa, **GONE)
    VERBS[verb](story, awa)
    connection.check_constraints()
    story = fresh(live)
    assert (story.newest_content["headline"], story.section) == ("Le port rouvre", live.section)


def test_changes_that_name_what_is_gone_go_live_when_they_are_due(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    due = fresh(live).due
    due.stored |= GONE
    due.save()
    due_in_the_past(live)
    Article.objects.put_due_changes_live()
    connection.check_constraints()
    assert (fresh(live).headline, fresh(live).section, fresh(live).due) == ("Le port rouvre", live.section, None)


def test_a_second_pair_of_eyes_is_not_asked_for_because_something_is_gone(awa):
    live = cast.story("Le port ferme", label="opinion", authors=[cast.author()])
    story = with_waiting(live, awa, **GONE)
    story.publish_changes(cast.editor("efua"))
    assert fresh(live).headline == "Le port rouvre"


def test_scheduled_changes_with_a_text_that_is_too_long_are_stuck_and_say_why(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    due = fresh(live).due
    due.stored["kicker"] = "x" * 81
    due.save()
    due_in_the_past(live)
    Article.objects.put_due_changes_live()
    assert fresh(live).stuck.reason == "Kicker: at most 80 characters fit. Shorten it in the story’s form."


def test_unscheduling_over_a_live_story_begins_no_embargo(live, awa):
    live.schedule_changes(awa, timezone.now() + HOUR, typed(live, headline="Le port rouvre"))
    story = fresh(live)
    later = {"embargo_until": timezone.now() + HOUR}
    with pytest.raises(ValidationError, match="Readers already see it"):
        story.unschedule_changes(awa, Edit(version=story.version, times=later))
    assert fresh(live).due_id
