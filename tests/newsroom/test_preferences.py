"""The desk is in the language and the time zone of whoever is signed in; readers' pages know no person."""

import datetime

import pytest
from django.urls import reverse

from articles.models import Article
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.story_form import change, typed

pytestmark = pytest.mark.django_db

SIX = datetime.datetime(2030, 3, 20, 17, tzinfo=datetime.UTC)  # in Lagos, two in the afternoon in Halifax
DESK = "/admin/"


@pytest.fixture
def awa(client):
    awa = cast.editor()
    client.force_login(awa)
    return awa


def choose(person, **choices):
    User.objects.filter(pk=person.pk).update(**choices)


def test_the_desk_is_in_the_language_that_somebody_chose(client, awa):
    choose(awa, language="fr")
    response = client.get(DESK, headers={"Accept-Language": "en"})
    assert '<html lang="fr"' in response.text
    assert response.headers["Content-Language"] == "fr"


def test_without_a_choice_the_browser_decides(client, awa):
    assert '<html lang="fr"' in client.get(DESK, headers={"Accept-Language": "fr"}).text
    assert '<html lang="en"' in client.get(DESK, headers={"Accept-Language": "en"}).text


def test_a_language_that_the_site_offers_no_more_is_no_choice(client, awa):
    choose(awa, language="de")
    assert client.get(DESK, headers={"Accept-Language": "fr"}).headers["Content-Language"] == "fr"


def test_readers_pages_are_the_same_for_everybody(client, awa):
    story = cast.story("Le port ferme", language="en")
    before = client.get(story.get_absolute_url())
    choose(awa, language="fr", time_zone="Pacific/Auckland")
    after = client.get(story.get_absolute_url())
    assert after.content == before.content
    assert after.headers["Content-Language"] == "en"


def test_times_are_in_the_zone_that_somebody_chose_and_name_it(client, awa):
    story = cast.draft("Le port ferme")
    story.schedule(awa, SIX)
    page = client.get(change(story)).text
    assert "18:00 WAT" in page
    assert "Lagos time (WAT, UTC+01:00)" in page
    choose(awa, time_zone="America/Halifax")
    page = client.get(change(story)).text
    assert "14:00 ADT" in page
    assert "Halifax time" in page
    assert 'value="2030-03-20T14:00"' in page
    listed = client.get(reverse("admin:articles_article_changelist")).text
    assert "20 March 2030, 14:00" in listed
    assert "When (Halifax time)" in listed


def test_a_time_that_is_typed_is_that_of_ones_own_zone(client, awa):
    choose(awa, time_zone="America/Halifax")
    story = cast.draft("Le port ferme")
    client.post(change(story), typed(story, verb="schedule", publish_at="2030-03-20T14:00"))
    story.refresh_from_db()
    assert story.publish_at == SIX


def test_a_form_opened_before_the_zone_was_chosen_shifts_nothing(client, awa):
    story = cast.draft("Le port ferme")
    story.schedule(awa, SIX)
    form = typed(story, kicker="Ports", publish_at="2030-03-20T18:00", publish_at_zone="Africa/Lagos")
    choose(awa, time_zone="America/Halifax")
    client.post(change(story), form)
    story.refresh_from_db()
    assert (story.kicker, story.publish_at) == ("Ports", SIX)


def test_a_zone_that_this_machine_does_not_know_is_no_choice(client, awa):
    choose(awa, time_zone="Mars/Olympus")
    assert "Lagos time" in client.get(change(cast.draft())).text


def test_an_address_has_the_date_of_the_newsroom(client, awa):
    """In Auckland it is tomorrow already."""
    choose(awa, time_zone="Pacific/Auckland")
    story = cast.draft("Le port ferme")
    client.post(change(story), typed(story, verb="schedule", publish_at="2030-03-21T06:00"))
    story.refresh_from_db()
    assert (story.publish_at, story.address_date) == (SIX, datetime.date(2030, 3, 20))


@pytest.mark.parametrize("page", ["preview", "as_at"])
def test_what_readers_will_see_is_shown_in_the_time_of_the_newsroom(client, awa, page):
    story = cast.story("Le port ferme", language="en")
    Article.objects.filter(pk=story.pk).update(publish_at=SIX - datetime.timedelta(days=4000))
    if page == "preview":
        address, asked = reverse("admin:articles_article_preview", args=[story.pk]), {}
    else:
        address, asked = reverse("admin:articles_article_as_at"), {"page": "/", "at": "2030-03-20T18:00"}
        asked["at_zone"] = "Africa/Lagos"
    before = client.get(address, asked).context["document"]
    choose(awa, time_zone="Pacific/Auckland", language="fr")
    assert client.get(address, asked).context["document"] == before
    assert "Le port ferme" in before


def test_people_without_a_session_see_the_desk_as_before(client):
    response = client.get("/admin/login/", headers={"Accept-Language": "fr"})
    assert response.headers["Content-Language"] == "fr"


def test_the_form_of_a_person_offers_languages_and_zones(admin_client):
    koffi = cast.tag_staff()
    address = reverse("admin:newsroom_user_change", args=[koffi.pk])
    page = admin_client.get(address).text
    assert '<option value="fr">' in page
    assert '<optgroup label="Africa">' in page
    form = {"username": "koffi", "language": "fr", "time_zone": "Africa/Abidjan", "email": "Koffi@Example.org"}
    form |= {"date_joined_0": "2026-01-01", "date_joined_1": "00:00", "is_active": "1", "is_staff": "1"}
    assert admin_client.post(address, form).status_code == 302
    koffi.refresh_from_db()
    assert (koffi.language, koffi.time_zone, koffi.email) == ("fr", "Africa/Abidjan", "koffi@example.org")


def test_a_taken_address_is_told_beside_the_field_and_nothing_typed_is_lost(admin_client):
    koffi, awa = cast.tag_staff(), cast.editor()
    address = reverse("admin:newsroom_user_change", args=[koffi.pk])
    form = {"username": "koffi", "first_name": "Koffi", "email": awa.email.upper()}
    form |= {"date_joined_0": "2026-01-01", "date_joined_1": "00:00"}
    response = admin_client.post(address, form)
    assert response.context["adminform"].form.errors == {"email": ["Somebody already has this e-mail address."]}
    assert 'value="Koffi"' in response.text
