"""Who has a story's form open: told to colleagues, locking nobody out."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Presence
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def koffi():
    colleague = Client()
    colleague.force_login(cast.editor("koffi"))
    return colleague


@pytest.fixture
def address():
    return reverse("admin:articles_article_presence", args=[cast.draft().pk])


def told(client, address, **data):
    return client.post(address, data).json()["colleagues"]


def test_a_colleague_is_told_by_name(client, awa, koffi, address):
    assert told(client, address) == []
    assert told(koffi, address) == ["awa has this open, for 0 minutes."]
    told(client, address, unsaved="1")
    assert told(koffi, address) == ["awa has this open, with unsaved changes, for 0 minutes."]


def test_it_says_since_when(client, awa, koffi, address):
    told(client, address)
    Presence.objects.update(since=timezone.now() - datetime.timedelta(minutes=3, seconds=5))
    told(client, address)
    assert told(koffi, address) == ["awa has this open, for 3 minutes."]


def test_who_gives_no_sign_of_life_is_gone_and_comes_back_anew(client, awa, koffi, address):
    told(client, address)
    Presence.objects.update(
        seen_at=timezone.now() - datetime.timedelta(minutes=2), since=timezone.now() - datetime.timedelta(hours=1)
    )
    assert told(koffi, address) == []
    told(client, address)
    assert told(koffi, address) == ["awa has this open, for 0 minutes."]


def test_closing_the_tab_says_good_bye(client, awa, koffi, address):
    told(client, address)
    client.post(address, {"gone": "1"})
    assert told(koffi, address) == []


def test_nobody_is_locked_out_and_another_story_is_another_matter(client, awa, koffi, address):
    told(client, address)
    assert told(koffi, reverse("admin:articles_article_presence", args=[cast.draft("Autre").pk])) == []


def test_a_sign_of_life_costs_two_queries_beyond_login_and_permission(client, awa, koffi, address):
    told(client, address)
    told(koffi, address)
    with CaptureQueriesContext(connection) as captured:
        told(client, address)
    assert len([query for query in captured if "articles_presence" in query["sql"]]) == 2
