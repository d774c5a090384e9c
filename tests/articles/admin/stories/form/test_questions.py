"""What is asked before a story is withdrawn, and before a publication drops its time."""

import pytest

from articles.models import Article
from tests.articles import cast
from tests.articles.admin.story_form import change, in_days, typed

pytestmark = pytest.mark.django_db


def form_of(story, **fields):
    return {name: value for name, value in typed(story, **fields).items() if not name.startswith("_")}


def test_a_withdrawal_asks_first_and_keeps_what_was_typed(client, awa):
    story = cast.story()
    page = client.post(change(story), form_of(story, standfirst="Neuf.") | {"_withdraw": "1"})
    assert page.context["asked"] == "withdraw"
    assert "Neuf." in page.text
    assert Article.objects.get().status == "published"


def test_readers_are_told_the_reason(client, awa):
    story = cast.story()
    address = story.get_absolute_url()
    client.post(change(story), form_of(story, reason="Un chiffre <était> faux.") | {"_withdraw": "confirmed"})
    page = client.get(address)
    assert page.status_code == 410
    assert "Un chiffre &lt;était&gt; faux." in page.text
    assert "Readers are told: Un chiffre" in client.get(change(story)).text
    story.refresh_from_db()
    client.post(change(story), form_of(story) | {"_publish": "confirmed"})
    assert Article.objects.get().withdrawal_reason == ""


def test_a_withdrawal_needs_no_reason(client, awa):
    story = cast.story()
    client.post(change(story), form_of(story) | {"_withdraw": "confirmed"})
    assert client.get(story.get_absolute_url()).status_code == 410


def test_a_reason_that_is_too_long_is_refused_beside_its_box(client, awa):
    story = cast.story()
    page = client.post(change(story), form_of(story, reason="x" * 501) | {"_withdraw": "confirmed"})
    assert '<a href="#id_reason">' in page.text
    assert Article.objects.get().status == "published"


def test_publishing_now_says_that_it_drops_a_time(client, awa):
    story, time = cast.draft(), in_days(1)
    page = client.post(change(story), form_of(story, publish_at=time) | {"_publish": "1"})
    assert page.context["asked"] == "publish"
    assert "It has a time:" in page.text
    page = client.post(change(story), form_of(story, publish_at=time) | {"_publish": "confirmed"}, follow=True)
    assert "no longer counts" in page.text
    assert Article.objects.get().is_visible()


def test_publishing_without_a_time_asks_nothing(client, awa):
    story = cast.draft()
    page = client.post(change(story), form_of(story) | {"_publish": "1"}, follow=True)
    assert "is live." in page.text
