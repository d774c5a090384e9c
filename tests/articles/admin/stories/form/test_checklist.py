"""The checklist in a story's form: true for what is typed, and no way round it."""

import datetime
import random

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.admin.stories.buttons import buttons_for
from articles.models import Article
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.admin.story_form import ADD, change, in_days, typed
from tests.conftest import rolled_back

pytestmark = pytest.mark.django_db
NEW_CHECKLIST = "/admin/articles/article/checklist/"


def wanted(response):
    return [finding.rule for finding in response.context["wanted"]]


def request_checklist(client, story=None, **fields):
    name = "admin:articles_article_checklist"
    address = reverse(name, args=[story.pk]) if story else reverse(f"{name}_new")
    return client.post(address, typed(story, **fields))


def test_a_new_story_has_the_byline_of_the_person_who_begins_it(client):
    reporter = cast.reporter()
    client.force_login(reporter)
    assert "It has no byline" in client.get(ADD).text
    cast.author(user=reporter)
    assert "It has no byline" not in client.get(ADD).text


def test_it_stands_in_the_form_with_links_to_the_fields(client, awa):
    response = client.get(change(cast.draft(section=None)))
    assert wanted(response) == ["section", "beginning", "author", "tag"]
    assert '<a href="#id_section">' in response.text


def test_it_follows_what_is_typed(client, awa):
    story = cast.draft(section=None, authors=[cast.author()])
    time = in_days(1)
    assert wanted(request_checklist(client, story, section=cast.section().pk, tags="Mali", publish_at=time)) == []
    asked = request_checklist(client, headline="Titre", section=cast.section().pk, publish_at=time)
    assert wanted(asked) == ["body", "standfirst", "author", "tag"]


def test_asking_writes_nothing(client, awa, django_assert_max_num_queries):
    story = cast.draft()
    request_checklist(client, story, tags="Neuf", headline="Autre")
    story.refresh_from_db()
    assert (story.version, story.headline, story.revisions.count()) == (1, "BVMAC : les échanges doublent", 0)


def test_advice_is_overridden_on_purpose_only_and_logged(client, awa):
    story = cast.draft()
    response = client.post(change(story), typed(story, verb="publish", anyway=""))
    assert "The checklist has advice" in response.text
    assert 'name="anyway"' in response.text
    story.refresh_from_db()
    assert story.status == "draft"
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.status == "published"
    assert "It has no byline: add an author." in LogEntry.objects.latest("pk").change_message


def test_what_is_needed_cannot_be_overridden(client, awa):
    story = cast.draft(section=None)
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.status == "draft"


def test_a_writer_alone_cannot_publish_an_opinion(client, awa):
    story = cast.draft(created_by=awa)
    client.post(change(story), typed(story, label="opinion"))
    story.refresh_from_db()
    response = client.post(change(story), typed(story, verb="publish"))
    assert "second pair of eyes" in response.text
    client.force_login(cast.editor("koffi"))
    client.post(change(story), typed(story, verb="publish"))
    story.refresh_from_db()
    assert story.status == "published"


def test_a_reporter_sees_what_is_missing_but_nothing_to_override(client, moutiou):
    response = client.get(change(cast.draft(created_by=moutiou, section=None)))
    assert "section" in wanted(response)
    assert 'name="anyway"' not in response.text


def test_what_hinders_one_button_says_which_and_what_is_ready(client, awa):
    story = cast.draft(authors=[cast.author()], tags=["Togo"])
    page = client.get(change(story)).text
    assert "For “Schedule”:</strong> Choose a time in the future." in page
    assert "Ready for “Publish now”." in page
    past = request_checklist(client, story, publish_at=in_days(-1)).text
    assert "Needed for “Schedule”:</strong> This time has passed" in past
    embargo = request_checklist(client, story, embargo_until=in_days(2), publish_at=in_days(3)).text
    assert "Needed for “Publish now”:</strong> It is under embargo" in embargo
    assert "Ready for “Schedule”." in embargo


def test_what_is_not_filled_in_yet_stands_quietly_below_what_is_missing(client, awa):
    story = cast.draft(section=None)
    story.submit(by=awa)
    points = client.get(change(story)).context["points"]
    assert [point.finding.rule for point in points if point.is_due_later] == ["beginning", "note"]
    assert [point.is_due_later for point in points] == sorted(point.is_due_later for point in points)


def test_what_cannot_be_read_is_named_too(client, awa):
    response = request_checklist(client, cast.draft(), publish_at="tomorrow")
    assert ("form", "publish_at") in [(finding.rule, finding.field) for finding in response.context["wanted"]]


def test_a_live_story_without_changes_says_so(client, awa):
    assert "There are no changes: readers already see this." in client.get(change(cast.story())).text


def test_a_section_that_is_not_theirs_is_named_to_a_limited_editor(client, awa):
    energy, story = cast.section("Energy", "energy"), cast.story(authors=[cast.author()], tags=["Togo"])
    story.save_draft(awa, Edit({**story.newest_content, "section": [energy.pk, energy.name]}))
    limited = cast.editor("koffi")
    limited.sections.add(story.section)
    for person, named in ((awa, False), (limited, True)):
        client.force_login(person)
        answer = client.get(change(story))
        assert ("This section is not one of yours. Choose another." in answer.text) == named
        assert bool(answer.context["ready"]) != named


# Whoever looks, whatever is typed: a button that refuses was named. Each run tries other pairs of state and fault.

FAULTS = {
    "nothing": {},
    "no headline": {"headline": " "},
    "no section": {"section": ""},
    "no text": {"body": ""},
    "opinion": {"label": "opinion"},
    "embargo": {"embargo_until": "2190-01-01T10:00"},
    "end that has passed": {"unpublish_at": "2020-01-01T10:00"},
    "end before the beginning": {"publish_at": "2190-01-01T10:00", "unpublish_at": "2189-01-01T10:00"},
    "time that has passed": {"publish_at": "2020-01-01T10:00", "changes_at": "2020-01-01T10:00"},
    "time": {"publish_at": "2190-01-01T10:00", "changes_at": "2190-01-01T10:00"},
    "no time at all": {"publish_at": "tomorrow", "changes_at": "tomorrow"},
    "too long": {"headline": "x" * 201},
    "changed": {"standfirst": "Autre chose."},
}


def states(writer, chief):
    """Yield a story in each state, all written by this person."""
    hour = datetime.timedelta(hours=1)
    for state in ("new", "draft", "review", "scheduled", "live", "waiting", "elsewhere", "due", "ended", "withdrawn"):
        if state == "new":
            yield state, Article()
            continue
        fields = {"authors": [cast.author()], "tags": ["Togo"], "created_by": writer}
        story = cast.draft(f"Le port {state}", **fields)
        if state == "review":
            story.submit(writer)
        elif state != "draft":
            story.publish(chief, at=timezone.now() + (24 * hour if state == "scheduled" else -hour))
        changed = Edit({**story.newest_content, "headline": "Le port rouvre"})
        if state == "waiting":
            story.save_draft(chief, changed)
        elif state == "elsewhere":
            energy = cast.section("Energy", "energy")
            story.save_draft(chief, Edit({**changed.content, "section": [energy.pk, energy.name]}))
        elif state == "due":
            story.schedule_changes(chief, timezone.now() + hour, changed)
        elif state == "ended":
            ends = {"unpublish_at": timezone.now() - hour / 2}
            story.save_draft(chief, Edit(story.newest_content, story.version, ends))
        elif state == "withdrawn":
            story.withdraw(chief)
        yield state, Article.objects.get(pk=story.pk)


def refusals(client, story, form):
    """Return the sentences with which the form refuses; advice and questions are no refusals of their own."""
    address = change(story) if story.pk else ADD
    with rolled_back():
        page = client.post(address, form)
    if page.status_code != 200:
        return set()
    errors = page.context_data["adminform"].form.errors.as_data().values()
    return {text for lists in errors for error in lists for text in error.messages}


@pytest.mark.long
@pytest.mark.one_database
@pytest.mark.usefixtures("empty_pages")
@pytest.mark.parametrize("role", ["editor", "limited editor", "reporter"])
def test_every_reason_that_refuses_an_offered_button_was_named(client, role):
    chief, person = cast.editor("chief"), cast.reporter() if role == "reporter" else cast.editor()
    if role == "limited editor":
        person.sections.add(cast.section())
    client.force_login(person)
    silent = []
    for state, story in states(person, chief):
        newest = story.newest_content["section"] if story.pk else None
        for fault, fields in random.sample(sorted(FAULTS.items(), key=str), 3):
            form = typed(story, **({"section": newest[0]} if newest else {}) | fields)
            asked = {name: value for name, value in form.items() if not name.startswith("_")}
            address = reverse("admin:articles_article_checklist", args=[story.pk]) if story.pk else NEW_CHECKLIST
            answer = client.post(address, asked)
            if not hasattr(answer, "context_data"):
                continue  # not theirs to change now
            said = {str(finding.text) for finding in answer.context_data["wanted"]}
            for button in buttons_for(story, person):
                refused = refusals(client, story, asked | {f"_{button.name}": "confirmed"})
                if not refused <= said:
                    silent.append((state, fault, button.name, refused - said))
                if refused:
                    assert button.label not in answer.context_data["ready"].split("”, “"), (state, fault)
    assert silent == []
