"""Who has a story's form open: told to colleagues, locking nobody out."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Autosave, Presence
from articles.states import format_moment_briefly
from tests.articles import cast
from tests.articles.admin.story_form import autosave, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def koffi():
    colleague = Client()
    colleague.force_login(cast.editor("koffi"))
    return colleague


@pytest.fixture
def story():
    return cast.draft("Le port ferme")


@pytest.fixture
def address(story):
    return reverse("admin:articles_article_presence", args=[story.pk])


def take_over(client, story):
    return client.post(reverse("admin:articles_article_take_over", args=[story.pk])).json()


def said_of(presence):
    return format_moment_briefly(presence.since)


def list_colleagues(client, address, **data):
    return client.post(address, data).json()["colleagues"]


def test_a_colleague_is_told_by_name(client, awa, koffi, address):
    assert list_colleagues(client, address) == []
    since = said_of(Presence.objects.get(user=awa))
    assert list_colleagues(koffi, address) == [f"awa has had this open since {since}."]
    list_colleagues(client, address, unsaved="1")
    assert list_colleagues(koffi, address) == [f"awa has had this open since {since}, with unsaved changes."]


def test_it_says_since_when(client, awa, koffi, address):
    list_colleagues(client, address)
    Presence.objects.update(since=timezone.now() - datetime.timedelta(minutes=3, seconds=5))
    list_colleagues(client, address)
    since = said_of(Presence.objects.get(user=awa))
    assert list_colleagues(koffi, address) == [f"awa has had this open since {since}."]


def test_who_gives_no_sign_of_life_is_gone_and_comes_back_again(client, awa, koffi, address):
    list_colleagues(client, address)
    Presence.objects.update(
        seen_at=timezone.now() - datetime.timedelta(minutes=2), since=timezone.now() - datetime.timedelta(hours=1)
    )
    assert list_colleagues(koffi, address) == []
    list_colleagues(client, address)
    now = said_of(Presence.objects.get(user=awa))
    assert list_colleagues(koffi, address) == [f"awa has had this open since {now}."]


def test_closing_the_tab_says_good_bye(client, awa, koffi, address):
    list_colleagues(client, address)
    client.post(address, {"gone": "1"})
    assert list_colleagues(koffi, address) == []


def test_nobody_is_locked_out_and_another_story_is_another_matter(client, awa, koffi, address):
    list_colleagues(client, address)
    assert list_colleagues(koffi, reverse("admin:articles_article_presence", args=[cast.draft("Autre").pk])) == []


def test_a_sign_of_life_costs_two_queries_beyond_login_and_permission(client, awa, koffi, address):
    list_colleagues(client, address)
    list_colleagues(koffi, address)
    with CaptureQueriesContext(connection) as captured:
        list_colleagues(client, address)
    assert len([query for query in captured if "articles_presence" in query["sql"]]) == 2


def test_a_take_over_keeps_what_the_other_typed_under_their_name(client, awa, koffi, story, address):
    list_colleagues(client, address, unsaved="1")
    autosave(client, story, typed(story, key="k1", headline="Le port rouvre", tags="Neuf"))
    answer = take_over(koffi, story)
    assert answer["told"] == "awa has been told that you took over; what awa typed is kept in the history."
    kept = story.revisions.get()
    assert (kept.event, kept.saved_by, kept.version, kept.content["headline"]) == ("kept", awa, 1, "Le port rouvre")
    page = koffi.get(answer["kept"][0]).text
    assert "What awa had typed" in page
    assert "<ins>rouvre</ins>" in page
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Le port ferme", 1)


def test_who_was_taken_over_is_told_by_whom_for_as_long_as_they_stay(client, awa, koffi, story, address):
    list_colleagues(client, address)
    list_colleagues(koffi, address)
    take_over(koffi, story)
    for _look in range(2):
        (words,) = client.post(address, {}).json()["taken"]
        assert words.startswith("koffi took over this story.")
    assert koffi.post(address, {}).json()["taken"] == []
    client.post(address, {"gone": "1"})
    assert client.post(address, {}).json()["taken"] == []


def test_who_takes_it_back_is_told_nothing_more(client, awa, koffi, story, address):
    list_colleagues(client, address)
    list_colleagues(koffi, address)
    take_over(koffi, story)
    take_over(client, story)
    assert client.post(address, {}).json()["taken"] == []
    assert koffi.post(address, {}).json()["taken"] != []


def test_what_is_in_the_story_already_is_not_kept_again(client, awa, koffi, story, address):
    list_colleagues(client, address)
    autosave(client, story, typed(story, key="k1"))
    assert take_over(koffi, story) == {"told": "awa has been told that you took over.", "kept": []}
    assert not story.revisions.exists()


def test_who_has_left_is_not_taken_over(client, awa, koffi, story, address):
    list_colleagues(client, address)
    autosave(client, story, typed(story, key="k1", headline="Le port rouvre"))
    Presence.objects.update(seen_at=timezone.now() - datetime.timedelta(minutes=2))
    assert take_over(koffi, story) == {"told": "", "kept": []}
    assert Autosave.objects.exists()


def test_the_autosave_stays_for_its_writer(client, awa, koffi, story, address):
    list_colleagues(client, address)
    autosave(client, story, typed(story, key="k1", headline="Le port rouvre"))
    take_over(koffi, story)
    take_over(koffi, story)
    assert story.revisions.count() == 1
    assert Autosave.objects.get().user == awa


def test_what_is_kept_at_a_take_over_is_read_with_the_rights_of_who_typed_it(client, story):
    """A reporter takes over what an editor pinned, who sees stories that the reporter does not."""
    secret, editor = cast.draft("Le gouverneur part"), cast.editor("koffi")
    reporter = cast.reporter()
    type(story).objects.filter(pk=story.pk).update(created_by=reporter)
    client.force_login(editor)
    list_colleagues(client, reverse("admin:articles_article_presence", args=[story.pk]))
    autosave(client, story, typed(story, key="k1", pinned_compact=[f"id:{secret.pk}"]))
    client.force_login(reporter)
    take_over(client, story)
    assert story.revisions.get().content["pinned_compact"] == [[secret.pk, secret.headline]]


def test_a_notice_of_the_newsroom_is_not_signed_by_whom_it_is_about(client, awa, koffi, story, address):
    list_colleagues(client, address)
    autosave(client, story, typed(story, key="k1", headline="Le port rouvre"))
    take_over(koffi, story)
    assert story.revisions.get().note == "Taken over by koffi"
    page = koffi.get(reverse("admin:articles_article_change", args=[story.pk]))
    assert page.context["review"].notes == []
