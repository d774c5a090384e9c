"""The step before a story is scheduled: times one press away, what will happen in a sentence, what is needed first."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse

from articles.admin.stories.form.scheduling import offer_times
from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_form import change, in_days, typed

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


@pytest.mark.django_db
def test_without_scripts_the_field_says_what_is_missing(client, awa):
    story = cast.draft(authors=[cast.author()], tags=["Togo"])
    page = client.post(change(story), typed(story, verb="schedule")).text
    assert '<a href="#id_publish_at">' in page
    assert "Choose a time in the future." in page


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
    client.post(change(story), typed(story, verb="schedule", publish_at=in_days(1)))
    story.refresh_from_db()
    client.post(change(story), typed(story, verb="schedule", publish_at=in_days(2)))
    assert Article.objects.get().publish_at - story.publish_at == datetime.timedelta(days=1)
