"""Scheduled changes are live from their time on, for whoever comes first."""

import datetime

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles.models import Article
from articles.models.content import Edit
from newsroom.due_changes import DueChangesMiddleware
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    live = cast.story("Le port ferme")
    at = timezone.now() + datetime.timedelta(hours=1)
    live.schedule_changes(cast.editor(), at, Edit({**live.newest_content, "headline": "Le port rouvre"}))
    return live


def make_due(story):
    Article.objects.filter(pk=story.pk).update(due_at=timezone.now())


@pytest.mark.parametrize("address", ["/", "/feed/", "/admin/login/", "/nothing/", "/section/finance/"])
def test_the_first_request_after_the_time_puts_them_live(client, story, address):
    assert "Le port rouvre" not in client.get("/").text
    make_due(story)
    client.get(address)
    story.refresh_from_db()
    assert story.headline == "Le port rouvre"


def test_that_request_itself_shows_them(client, story):
    make_due(story)
    assert "Le port rouvre" in client.get(story.get_absolute_url()).text


@pytest.mark.parametrize("address", ["/media/images/x.jpg", "/static/css/site.css", "/health/"])
def test_files_and_health_do_not_ask_for_stories(rf, django_assert_num_queries, address):
    with django_assert_num_queries(0):
        DueChangesMiddleware(lambda request: HttpResponse())(rf.get(address))


def test_that_request_counts_the_sections_again(client):
    story, other = cast.story("La digue cède"), cast.section("Énergie", "energie")
    content = {**story.newest_content, "section": [other.pk, other.name]}
    story.schedule_changes(cast.editor(), timezone.now() + datetime.timedelta(hours=1), Edit(content))
    for number in range(15):  # so that the story is in no other part of the page
        cast.story(f"Dépêche {number}")
    make_due(story)
    assert "block-energie" in client.get("/").text
