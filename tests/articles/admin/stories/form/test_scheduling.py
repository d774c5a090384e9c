"""The step before a story is scheduled: times one press away, what will happen in a sentence, what is needed first."""

import datetime
import re
import zoneinfo

import pytest
from django.urls import reverse

from articles.admin.stories.form.scheduling import offer_times
from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_form import change, in_days, minutes, typed

LAGOS = zoneinfo.ZoneInfo("Africa/Lagos")
SUNDAY = datetime.datetime(2026, 11, 29, 15, 40, tzinfo=LAGOS)


def ask(client, story=None, verb="schedule", **fields):
    name = "admin:articles_article_schedule"
    address = reverse(name, args=[story.pk]) if story else reverse(f"{name}_new")
    form = {name: value for name, value in typed(story, **fields).items() if not name.startswith("_")}
    return client.post(address, form | {"verb": verb})


def test_times_ahead_are_offered_in_the_newsrooms_zone():
    at_night = datetime.datetime(2026, 11, 29, 22, 40, tzinfo=datetime.UTC)  # 23:40 in Lagos
    assert [f"{moment:%a %d %H:%M}" for _name, moment in offer_times(at_night, None, LAGOS)] == [
        "Mon 30 06:00",
        "Mon 30 12:00",
    ]
    assert [
        f"{moment:%a %d %H:%M}" for _name, moment in offer_times(SUNDAY - datetime.timedelta(days=2), None, LAGOS)
    ] == [
        "Fri 27 18:00",
        "Sat 28 06:00",
        "Sat 28 12:00",
        "Mon 30 06:00",
    ]


def test_a_planned_time_is_moved_by_an_hour_or_a_day_never_into_the_past():
    soon = SUNDAY + datetime.timedelta(minutes=20)
    assert [moment - soon for _name, moment in offer_times(SUNDAY, soon, LAGOS)] == [
        datetime.timedelta(hours=1),
        datetime.timedelta(days=1),
    ]


@pytest.mark.django_db
def test_a_sentence_says_what_will_happen(client, awa, settings):
    settings.TIME_ZONE = "Africa/Lagos"
    page = ask(client, cast.draft(), publish_at="2090-12-01T06:00").text
    assert "Goes live on Friday 1 December 2090 at 06:00, Lagos time, in Finance." in page
    assert 'data-time="2090-12-01T07:00"' in page
    changed = ask(client, cast.story(), "schedule_changes", headline="Autre", changes_at="2090-12-01T06:00").text
    assert "Readers see the changes from Friday 1 December 2090 at 06:00, Lagos time." in changed


@pytest.mark.django_db
def test_a_new_story_is_asked_for_its_time_too(client, awa):
    page = ask(client, headline="Titre", body="<p>Texte.</p>", section=cast.section().pk)
    assert page.context["offered"]
    assert not page.context["sentence"]


@pytest.mark.django_db
def test_what_is_needed_first_leads_to_its_field(client, awa):
    page = ask(client, cast.draft(section=None))
    assert page.context["missing"] == [("section", "Choose a section for the story.")]
    assert '<a href="#id_section">' in page.text
    assert 'type="submit"' not in page.text


@pytest.mark.django_db
def test_no_time_is_offered_that_would_be_refused(client, awa):
    story = cast.draft()
    page = ask(client, story, publish_at=in_days(1), embargo_until=in_days(5))
    assert page.context["offered"] == []
    assert "under embargo" in page.text
    assert not page.context["sentence"]
    assert "later one" in ask(client, story, publish_at="2020-01-01T06:00").text


@pytest.mark.django_db
def test_asking_writes_nothing(client, awa):
    story = cast.draft()
    ask(client, story, headline="Autre", publish_at=in_days(1))
    assert Article.objects.values_list("headline", "version", "publish_at").get() == (story.headline, 1, None)


@pytest.mark.django_db
def test_who_may_not_schedule_is_not_asked(client, moutiou):
    assert ask(client, cast.draft(created_by=moutiou)).status_code == 400
    assert ask(client, cast.draft("Autre")).status_code == 403
    assert ask(client, cast.draft("Encore", created_by=moutiou), verb="save").status_code == 400


@pytest.fixture
def ready():
    """Return a story that lacks nothing but its time."""
    return cast.draft(authors=[cast.author()], tags=["Togo"])


def without_script(client, story, pressed="1", verb="schedule", **fields):
    return client.post(change(story), typed(story, verb=verb, **fields) | {f"_{verb}": pressed}, follow=True)


@pytest.mark.django_db
def test_without_scripts_a_page_asks_for_the_time(client, awa, ready):
    page = without_script(client, ready, headline="Autre")
    assert page.context["asked"] == "schedule"
    assert "When does it go live?" in page.text
    assert 'name="asked_time"' in page.text
    assert page.context["adminform"].form["headline"].value() == "Autre"
    assert Article.objects.get().version == 1


@pytest.mark.django_db
def test_without_scripts_a_time_is_typed_or_chosen_by_its_button(client, awa, ready):
    offered = without_script(client, ready).context["offered"][0].value
    assert "scheduled" in without_script(client, ready, offered).text.lower()
    assert minutes(Article.objects.get().publish_at) == offered
    other = cast.draft("Autre", authors=[cast.author()], tags=["Togo"])
    without_script(client, other, "confirmed", asked_time=in_days(3))
    assert minutes(Article.objects.get(pk=other.pk).publish_at) == in_days(3)


@pytest.mark.django_db
def test_without_scripts_no_time_and_no_good_time_are_said_beside_the_field(client, awa, ready):
    for pressed, asked in (("confirmed", ""), ("confirmed", "2020-01-01T06:00"), ("confirmed", "demain"), ("x", "")):
        page = without_script(client, ready, pressed, asked_time=asked)
        assert "publish_at" in page.context["adminform"].form.errors
    assert Article.objects.get().publish_at is None


@pytest.mark.django_db
def test_without_scripts_what_was_ticked_before_the_question_stays_ticked(client, awa):
    page = without_script(client, cast.draft())  # has no byline and no tag
    assert page.context["asked"] == "schedule"
    assert re.search(r'name="anyway" value="1"\s+checked>', page.text)


@pytest.mark.django_db
def test_without_scripts_the_time_of_changes_is_asked_for_too(client, awa):
    story = cast.story()
    page = without_script(client, story, verb="schedule_changes", headline="Autre")
    assert "When do readers see the changes?" in page.text
    without_script(client, story, "confirmed", verb="schedule_changes", headline="Autre", asked_time=in_days(1))
    assert minutes(Article.objects.get().due_at) == in_days(1)


@pytest.mark.django_db
def test_a_draft_with_a_time_is_not_scheduled_and_says_so(client, awa):
    story = cast.draft()
    client.post(change(story), typed(story, publish_at="2090-12-01T06:00"))
    page = client.get(change(story)).text
    assert "Draft: not scheduled yet for Fri 1 December 2090" in page
    assert "Not scheduled yet: nothing happens on Friday 1 December 2090" in page
    story.refresh_from_db()
    client.post(change(story), typed(story, verb="schedule"))
    assert "not scheduled yet" not in client.get(change(story)).text.lower()


@pytest.mark.django_db
def test_a_scheduled_story_gets_another_time_by_its_button(client, awa):
    story = cast.draft(authors=[cast.author()], tags=["Togo"])
    times = in_days(1), in_days(2)  # now, because a minute may turn meanwhile
    for time in times:
        story.refresh_from_db()
        client.post(change(story), typed(story, verb="schedule", publish_at=time))
        assert minutes(Article.objects.get().publish_at) == time
