"""Time, section and tags of a story, changed in its row of the list by the rules of the story's form."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Tag, TagProposal
from articles.models.content import Edit
from articles.states import describe_changes, format_moment_briefly
from tests.articles import cast

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
LIST = reverse("admin:articles_article_changelist")


def address(story):
    return reverse("admin:articles_article_row", args=[story.pk])


def reload_story(story):
    return Article.objects.get(pk=story.pk)


def typed(story, **changes):
    """Return what a browser sends of the row's form."""
    section = {"section": story.section_id or ""}
    tags = {"tags": [f"id:{tag.pk}" for tag in story.tags_in_order]}
    return {"version": story.version, **section, **tags} | changes


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def scheduled(awa):
    """Return a story of tomorrow about which the checklist has no advice."""
    story = cast.draft("Demain", authors=[cast.author()], tags=["Ports"])
    story.publish(awa, at=timezone.now().replace(second=0, microsecond=0) + 24 * HOUR)
    return reload_story(story)


def test_a_scheduled_story_moves_by_a_press(client, awa, scheduled):
    later = scheduled.publish_at + HOUR
    response = client.post(f"{address(scheduled)}?list=state%3Dscheduled", typed(scheduled, moved_to=local(later)))
    assert response["Location"] == f"{LIST}?state=scheduled"
    story = reload_story(scheduled)
    assert (story.publish_at, story.is_scheduled) == (later, True)
    assert story.revisions.latest("pk").event == "scheduled"
    assert [tag.name for tag in story.tags_in_order] == ["Ports"]
    assert "Demain" in str([*client.get(LIST).context["messages"]][0])


def test_the_times_around_it_are_offered(client, awa, scheduled):
    page = client.get(address(scheduled))
    assert [time.value for time in page.context["offered"]] == [
        local(scheduled.publish_at + change) for change in (-HOUR, HOUR, 24 * HOUR)
    ]


def test_a_draft_gets_a_planned_time_a_section_and_tags_and_nothing_else_changes(client, awa):
    story = cast.draft("Projet", authors=[cast.author()], body="<p>Le port.</p>")
    section, tag = cast.section("Energy", "energy"), Tag.objects.create_named("Togo")
    before = story.newest_content
    client.post(address(story), typed(story, publish_at="2090-12-01T06:00", section=section.pk, tags=[f"id:{tag.pk}"]))
    after = reload_story(story)
    assert (after.status, local(after.publish_at)) == ("draft", "2090-12-01T06:00")
    changed = {name for name, value in after.newest_content.items() if value != before[name]}
    assert changed == {"section", "tags"}


@pytest.mark.parametrize("begun", ["draft", "review"])
def test_a_story_that_is_ready_is_scheduled_by_a_press(client, awa, begun):
    story = cast.draft("Demain", authors=[cast.author()], tags=["Ports"], status=begun)
    times = [time.value for time in client.get(address(story)).context["offered"]]
    client.post(address(story), typed(story, scheduled_for=times[-1]) | {"anyway": "1"})
    after = reload_story(story)
    assert (after.is_scheduled, local(after.publish_at)) == (True, times[-1])


def test_what_keeps_a_story_from_being_scheduled_is_said(client, awa):
    story = cast.draft("Demain", body="")
    page = client.post(address(story), typed(story, scheduled_for="2090-12-01T06:00"))
    assert "errorlist" in page.text
    assert (reload_story(story).status, page.context["form"]["publish_at"].value()) == ("draft", "2090-12-01T06:00")


def test_who_may_not_publish_schedules_nothing(client):
    reporter = cast.reporter()
    story = cast.draft("Demain", authors=[cast.author()], created_by=reporter)
    client.force_login(reporter)
    client.post(address(story), typed(story, scheduled_for="2090-12-01T06:00"))
    after = reload_story(story)
    assert (after.status, after.publish_at) == ("draft", None)


def test_all_tags_can_be_taken_off(client, awa):
    story = cast.draft("Projet", tags=["Ports"])
    client.post(address(story), typed(story, tags=[]))
    assert reload_story(story).tags_in_order == []


def test_changes_to_a_live_story_wait(client, awa):
    story = reload_story(cast.story("En ligne", tags=["Ports"]))
    page = client.get(address(story))
    assert [field.name for field in page.context["fields"]] == ["section", "tags"]
    client.post(address(story), typed(story, tags=[], publish_at="2090-12-01T06:00"))
    after = reload_story(story)
    assert (after.publish_at, [tag.name for tag in after.tags_in_order]) == (story.publish_at, ["Ports"])
    assert (after.has_changes, after.newest_content["tags"]) == (True, [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"publish_at": "2001-01-01T06:00"}, "Choose a time in the future, or publish it now."),
        ({"publish_at": "demain"}, "Enter a valid date/time."),
        ({"publish_at": ""}, "It is scheduled: send it back to draft to unschedule it."),
        ({"moved_to": "\0"}, "Enter a valid date/time."),
        ({"section": ""}, "Choose a section for the story."),
        ({"section": "99999"}, "Select a valid choice."),
        ({"tags": ["id:99999"]}, "is not a tag"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(client, awa, scheduled, changes, words):
    typed_too = {"publish_at": local(scheduled.publish_at + HOUR)} | changes
    page = client.post(address(scheduled), typed(scheduled, **typed_too))
    assert page.status_code == 200
    assert words in page.text
    assert page.context["form"]["publish_at"].value().startswith(typed_too.get("moved_to", typed_too["publish_at"]))
    assert reload_story(scheduled).version == scheduled.version


def test_an_embargo_that_the_row_does_not_show_is_named(client, awa):
    story = cast.draft("Sous embargo", authors=[cast.author()], tags=["Ports"])
    story.embargo_until = timezone.now() + 24 * HOUR
    story.publish(awa, at=timezone.now() + 48 * HOUR)
    page = client.post(address(story), typed(story, publish_at=local(timezone.now() + HOUR)))
    assert "embargo" in page.text.casefold()
    assert page.status_code == 200
    assert reload_story(story).publish_at == story.publish_at


def test_the_checklist_is_asked_as_in_the_form(client, awa):
    story = cast.draft("Sans mots-clés", authors=[cast.author()])
    story.publish(awa, at=timezone.now() + 24 * HOUR)
    story, later = reload_story(story), local(story.publish_at + HOUR)
    assert "Publish anyway" in client.get(address(story)).text
    client.post(address(story), typed(story, publish_at=later))
    assert reload_story(story).publish_at == story.publish_at
    client.post(address(story), typed(story, publish_at=later, anyway="1"))
    assert local(reload_story(story).publish_at) == later


def test_a_colleague_who_was_faster_is_told_and_not_overwritten(client, awa, scheduled):
    sent = typed(scheduled, publish_at=local(scheduled.publish_at + HOUR))
    meanwhile = scheduled.publish_at + 5 * HOUR
    reload_story(scheduled).schedule(cast.editor("koffi"), meanwhile)
    page = client.post(address(scheduled), sent)
    assert "Somebody saved this story in the meantime" in page.text
    assert "Saved in the meantime: " in page.text
    assert page.context["form"]["publish_at"].value().startswith(sent["publish_at"])
    assert reload_story(scheduled).publish_at == meanwhile
    client.post(address(scheduled), sent | {"version": page.context["form"]["version"].value()})
    assert local(reload_story(scheduled).publish_at) == sent["publish_at"]


@pytest.mark.parametrize("version", ["", "x", "999", "-1"])
def test_a_form_without_its_version_changes_nothing(client, awa, version):
    story = cast.draft("Projet", tags=["Ports"])
    client.post(address(story), {"version": version})
    assert len(reload_story(story).tags_in_order) == 1


def test_sent_twice_it_is_saved_once(client, awa, scheduled):
    sent = typed(scheduled, publish_at=local(scheduled.publish_at + HOUR))
    client.post(address(scheduled), sent)
    version = reload_story(scheduled).version
    assert client.post(address(scheduled), sent).status_code == 302
    assert reload_story(scheduled).version == version


def test_no_other_verb_and_no_other_field_gets_in(client, awa):
    story = cast.draft("Projet")
    client.post(address(story), typed(story, _publish="1", headline="Autre", tags=[]))
    after = reload_story(story)
    assert (after.status, after.headline) == ("draft", "Projet")


def test_a_reporter_sets_no_time(client, moutiou):
    story = cast.draft("Le mien", created_by=moutiou)
    energy = cast.section("Energy", "energy")
    client.post(
        address(story), typed(story, publish_at="2090-12-01T06:00", moved_to="2090-12-01T06:00", section=energy.pk)
    )
    after = reload_story(story)
    assert (after.publish_at, after.section) == (None, energy)


def test_a_reporter_whose_story_went_live_meanwhile_changes_nothing(client, moutiou):
    story = cast.draft("Le mien", created_by=moutiou, tags=["Ports"])
    sent = typed(story, tags=[])
    story.publish(cast.editor())
    assert client.post(address(story), sent).status_code == 403
    assert len(reload_story(story).tags_in_order) == 1


def test_a_reporter_changes_no_row_of_a_colleague(client, moutiou):
    story = cast.draft("Autre", tags=["Ports"])
    assert client.post(address(story), typed(story, tags=[])).status_code == 403
    assert len(reload_story(story).tags_in_order) == 1


def test_rows_lead_to_it_for_those_who_may(client, moutiou):
    draft, live = cast.draft("Le mien", created_by=moutiou), cast.story("En ligne", created_by=moutiou)
    page = client.get(f"{LIST}?mine=1").text
    assert f'href="{address(draft)}?list=mine%3D1" data-dialog aria-label="Change … “Le mien”"' in page
    assert address(live) not in page


def test_fifty_rows_cost_the_queries_of_one(client, awa):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    cast.draft("0")
    client.get(LIST)
    one = queries()
    for number in range(1, 50):
        cast.draft(str(number))
    assert queries() == one


def test_waiting_changes_are_what_the_row_changes(client, awa):
    story = cast.story("En ligne", tags=["Ports"])
    story.save_draft(awa, Edit({**story.newest_content, "headline": "Pas encore"}))
    story = Article.objects.select_related("waiting").get(pk=story.pk)
    client.post(address(story), typed(story, tags=[]))
    after = Article.objects.select_related("waiting").get(pk=story.pk)
    assert (after.newest_content["headline"], after.newest_content["tags"]) == ("Pas encore", [])


# Proposed tags


def send_page(client, story, **changes):
    """Send the row's form as it was shown, with these changes."""
    page = client.get(address(story))
    shown = re.findall('<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', page.text)
    tags = [choice.word for choice in page.context["form"]["tags"].value()]
    return client.post(address(story), {**dict(shown), "section": story.section_id, "tags": tags} | changes)


@pytest.mark.parametrize("role", ["editor", "reporter"])
def test_a_proposed_tag_stays_proposed_when_something_else_changes(client, moutiou, role):
    story, energy = cast.draft("Le mien", created_by=moutiou, tags=["Ports"]), cast.section("Energy", "energy")
    TagProposal.objects.revise(story, moutiou, ["Grand Nokoué"])
    if role == "editor":
        client.force_login(cast.editor())
    send_page(client, story, section=energy.pk)
    after = reload_story(story)
    assert (after.section, [tag.name for tag in after.tags_in_order]) == (energy, ["Ports"])
    assert [one.name for one in TagProposal.objects.open()] == ["Grand Nokoué"]
    messages = [str(message) for message in client.get(LIST).context["messages"]]
    assert not [message for message in messages if "proposed" in message]


def test_a_proposed_tag_that_is_taken_off_is_taken_back(client, moutiou):
    story = cast.draft("Le mien", created_by=moutiou, tags=["Ports"])
    TagProposal.objects.revise(story, moutiou, ["Grand Nokoué"])
    send_page(client, story, tags=[f"id:{tag.pk}" for tag in story.tags_in_order])
    assert not TagProposal.objects.open().exists()
    assert [tag.name for tag in reload_story(story).tags_in_order] == ["Ports"]


def test_a_proposed_tag_is_still_shown_when_a_colleague_was_faster(client, moutiou):
    story = cast.draft("Le mien", created_by=moutiou, tags=["Ports"])
    TagProposal.objects.revise(story, moutiou, ["Grand Nokoué"])
    page = send_page(client, story, version=story.version - 1, section=cast.section("Energy", "energy").pk)
    assert page.context["form"].proposals_at_opening == str(TagProposal.objects.get().pk)
    assert "proposed:Grand Nokoué" in [choice.word for choice in page.context["form"]["tags"].value()]


# The scheduled changes of a live story


@pytest.fixture
def changing(awa):
    """Return a live story with changes that go live tomorrow."""
    story = cast.story("En ligne", authors=[cast.author()], tags=["Ports"])
    edit = Edit({**story.newest_content, "headline": "Demain"})
    story.schedule_changes(awa, timezone.now().replace(second=0, microsecond=0) + 24 * HOUR, edit)
    return Article.objects.select_related("due", "waiting").get(pk=story.pk)


def test_scheduled_changes_move_by_a_press(client, awa, changing):
    page, later = client.get(address(changing)), changing.due_at + HOUR
    assert [field.name for field in page.context["fields"]] == ["changes_at", "section", "tags"]
    offered = [time.value for time in page.context["offered"]]
    assert offered == [local(changing.due_at + change) for change in (-HOUR, HOUR, 24 * HOUR)]
    client.post(address(changing), typed(changing, changes_at=local(changing.due_at), moved_to=offered[1]))
    story = reload_story(changing)
    assert (story.due_at, story.due.content["headline"], story.headline) == (later, "Demain", "En ligne")
    assert story.revisions.latest("pk").event == "changes-scheduled"
    (message,) = client.get(LIST).context["messages"]
    assert str(message) == f"“En ligne”: {describe_changes(story)}."


def test_scheduled_changes_move_to_a_typed_time_with_the_section_and_tags_of_the_row(client, awa, changing):
    later, togo = changing.due_at + 5 * HOUR, Tag.objects.create_named("Togo")
    client.post(address(changing), typed(changing, changes_at=local(later), tags=[f"id:{togo.pk}"]))
    story = reload_story(changing)
    assert (story.due_at, story.due.content["tags"]) == (later, [[togo.pk, "Togo"]])
    assert [tag.name for tag in story.tags_in_order] == ["Ports"]


def test_tags_alone_leave_the_scheduled_changes_their_time(client, awa, changing):
    client.post(address(changing), typed(changing, changes_at=local(changing.due_at), tags=[]))
    story = reload_story(changing)
    assert (story.due_at, story.due_id, story.waiting.content["tags"]) == (changing.due_at, changing.due_id, [])


@pytest.mark.parametrize(
    ("time", "words"), [("", "Choose a time in the future."), ("2001-01-01T06:00", "This time has passed")]
)
def test_a_time_at_which_no_changes_go_live_is_refused_beside_its_field(client, awa, changing, time, words):
    page = client.post(address(changing), typed(changing, changes_at=time))
    assert words in str(page.context["form"].errors["changes_at"])
    assert reload_story(changing).due_at == changing.due_at


@pytest.mark.parametrize("meanwhile", ["went live", "others wait on top"])
def test_a_time_that_the_row_no_longer_changes_is_refused(client, awa, changing, meanwhile):
    sent = typed(changing, changes_at=local(changing.due_at + HOUR))
    if meanwhile == "went live":
        assert changing.put_live(changing.due_at)
    else:
        changing.save_draft(awa, Edit({**changing.newest_content, "headline": "Pas encore"}))
    page = client.post(address(changing), sent)
    assert "The time of its changes is set in its form now: open it." in page.text
    assert [field.name for field in page.context["fields"]] == ["section", "tags"]
    story = reload_story(changing)
    assert story.due_at == (None if meanwhile == "went live" else changing.due_at)


def test_a_colleague_who_moved_the_changes_is_not_overwritten(client, awa, changing):
    sent = typed(changing, changes_at=local(changing.due_at + HOUR))
    meanwhile = changing.due_at + 9 * HOUR
    reload_story(changing).schedule_changes(cast.editor("koffi"), meanwhile)
    page = client.post(address(changing), sent)
    assert "Saved in the meantime: " in str(page.context["form"].errors["changes_at"])
    assert reload_story(changing).due_at == meanwhile


def test_the_list_says_when_changes_go_live(client, awa, changing):
    assert f"changes: {format_moment_briefly(changing.due_at)}" in client.get(LIST).text
