"""The front of the desk: what waits for whom."""

import datetime

import pytest
from django.utils import timezone

from tests.articles import cast

pytestmark = pytest.mark.django_db


def lists(client):
    page = client.get("/admin/")
    return {waiting.name: [str(story) for story in waiting.stories] for waiting in page.context["today"]}


@pytest.fixture
def stories():
    moutiou, awa = cast.reporter(), cast.editor()
    cast.draft("Brouillon", created_by=moutiou)
    cast.draft("Relecture", created_by=moutiou).submit(moutiou)
    cast.draft("Demain", created_by=moutiou).publish(awa, at=timezone.now() + datetime.timedelta(days=1))
    cast.draft("Autre")
    cast.story("En ligne")
    return {"moutiou": moutiou, "awa": awa}


def test_a_reporter_sees_their_own(client, stories):
    client.force_login(stories["moutiou"])
    assert lists(client) == {
        "mine": ["Relecture", "Brouillon"],
        "review": ["Relecture"],
        "scheduled": ["Demain"],
    }


def test_an_editor_sees_what_waits_and_who_writes(client, stories):
    client.force_login(stories["awa"])
    assert lists(client) == {
        "mine": [],
        "review": ["Relecture"],
        "scheduled": ["Demain"],
        "drafts": ["Autre", "Brouillon"],
    }


def test_stories_come_first_in_the_menu(client, stories):
    client.force_login(stories["awa"])
    page = client.get("/admin/").content.decode()
    places = [page.index(f">{name}</a>") for name in ("Stories", "Pictures", "Authors", "Sections", "Tags")]
    assert places == sorted(places)


def test_who_sees_no_stories_is_shown_none(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ada", is_staff=True))
    assert client.get("/admin/").status_code == 200


def test_many_drafts_cost_the_queries_of_one(client, stories, django_assert_max_num_queries):
    client.force_login(stories["awa"])
    for number in range(20):
        cast.draft(str(number), authors=[cast.author()])
    with django_assert_max_num_queries(14):
        client.get("/admin/")
