"""The front page and sections as readers will see them at a time."""

import datetime
import logging

import pytest
from django.utils import timezone

from articles.models import Article
from articles.models.content import Edit
from tests.articles import cast
from tests.articles.admin.story_form import minutes

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
ADDRESS = "/admin/articles/article/as-at/"


def list_headlines(client, at, page="/"):
    return client.get(ADDRESS, {"page": page, "at": minutes(at)}).context["document"]


@pytest.mark.parametrize("page", ["/", "/section/finance/"])
def test_what_is_scheduled_shows_from_its_time_on(client, awa, page):
    at = timezone.now().replace(second=0, microsecond=0) + HOUR
    cast.draft("Demain").publish(awa, at=at)
    assert "Demain" not in list_headlines(client, at - datetime.timedelta(minutes=1), page)
    assert "Demain" in list_headlines(client, at, page)
    assert "Demain" not in client.get(page).text


def test_changes_that_are_due_by_then_show_and_are_not_made(client, awa):
    story = cast.story("Le port ferme")
    story.schedule_changes(awa, timezone.now() + HOUR, Edit({**story.newest_content, "headline": "Le port rouvre"}))
    assert "Le port rouvre" in list_headlines(client, timezone.now() + 2 * HOUR)
    story = Article.objects.get()
    assert (story.headline, bool(story.due_at)) == ("Le port ferme", True)


def test_changes_that_would_fail_are_left_out_and_are_no_failure(client, awa, caplog, monkeypatch):
    story = cast.story("Le port ferme")
    story.schedule_changes(awa, timezone.now() + HOUR, Edit({**story.newest_content, "headline": "Le port rouvre"}))
    monkeypatch.setattr(Article, "_put_live", lambda *_args: {}["standfirst"])
    assert "Le port ferme" in list_headlines(client, timezone.now() + 2 * HOUR)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert not Article.objects.stuck().exists()


def test_each_language_has_its_pages(client, awa):
    cast.story("En français", language="fr")
    assert "En français" in list_headlines(client, timezone.now() + HOUR, "/fr/")


@pytest.mark.parametrize("data", [{"page": "/admin/", "at": "2026-01-01T00:00"}, {"page": "/", "at": "x"}, {"at": ""}])
def test_nonsense_is_said_beside_the_field(client, awa, data):
    response = client.get(ADDRESS, data)
    assert response.status_code == 200
    assert "errorlist" in response.text


def test_it_is_for_those_who_see_every_story(client, moutiou):
    assert client.get(ADDRESS).status_code == 403


def test_the_masthead_has_the_day_of_that_time(client, awa):
    at = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
    assert "Monday 5 January 2026" in list_headlines(client, at)
