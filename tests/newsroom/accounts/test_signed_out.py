"""Who is signed out because of other rights learns why, where they were signed in and nowhere else."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from newsroom.accounts.signed_out import sign_out_for_new_rights
from tests.articles import cast

WHY = "Your rights on the desk were changed."
SIGN_IN = "/admin/login/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa(client):
    awa = cast.editor()
    sign_in(client)
    return awa


def sign_in(browser, name="awa"):
    return browser.post(SIGN_IN, {"login": name, "password": "mot-de-passe"})


def test_the_sign_in_says_why_until_somebody_signs_in(client, awa):
    sign_out_for_new_rights(awa)
    for _time in range(2):
        assert WHY in client.get("/admin/", follow=True).text
    assert sign_in(client).headers["Location"] == "/admin/"
    client.post("/admin/logout/")
    assert WHY not in client.get(SIGN_IN).text


def test_it_is_said_in_every_browser_of_the_person(client, awa):
    other = Client()
    sign_in(other)
    sign_out_for_new_rights(awa)
    assert WHY in client.get(SIGN_IN).text
    assert WHY in other.get(SIGN_IN).text
    assert not UserSession.objects.exists()


def test_nobody_else_learns_of_it(client, awa):
    colleague, stranger = Client(), Client()
    cast.reporter("zoe")
    sign_in(colleague, "zoe")
    sign_out_for_new_rights(awa)
    assert WHY not in stranger.get(SIGN_IN).text
    assert WHY not in stranger.post(SIGN_IN, {"login": "awa", "password": "falsch"}).text
    assert colleague.get("/admin/").status_code == 200


def test_what_the_session_knew_is_gone(client, awa):
    sign_out_for_new_rights(awa)
    assert Session.objects.get().get_decoded() == {"newsroom_signed_out": "rights changed"}


def test_a_session_that_ended_meanwhile_is_no_failure(client, awa):
    Session.objects.all().delete()
    sign_out_for_new_rights(awa)
    assert WHY not in client.get(SIGN_IN).text


def test_a_reason_that_nobody_knows_says_nothing(client):
    session = client.session
    session["newsroom_signed_out"] = "other"
    session.save()
    assert "errornote" not in client.get(SIGN_IN).text
