"""What may not be done and what is not there, on the desk and for readers."""

import pytest
from django.http import Http404
from django.urls import reverse

from newsroom.error_pages import answer_not_found
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DESK_MENU = 'class="desk-menu"'


def test_what_is_missing_on_the_desk_is_said_on_the_desk(client):
    client.force_login(cast.reporter())
    response = client.get("/admin/rien/")
    assert (response.status_code, DESK_MENU in response.text) == (404, True)


def test_what_may_not_be_done_is_said_on_the_desk(client):
    client.force_login(cast.reporter())
    response = client.get(reverse("admin:articles_section_add"))
    assert (response.status_code, DESK_MENU in response.text) == (403, True)
    assert "Your account does not let you do this." in response.text


def test_the_desk_speaks_the_language_of_the_person(client):
    person = cast.reporter()
    person.language = "fr"
    person.save()
    client.force_login(person)
    assert "Il n’y a rien à cette adresse" in client.get("/admin/rien/").text


def test_a_stranger_is_led_to_the_sign_in(client):
    response = client.get("/admin/rien/")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_a_request_that_fails_before_it_is_known_who_asks_has_the_page_of_readers(rf):
    response = answer_not_found(rf.get("/admin/rien/"), Http404())
    assert (response.status_code, DESK_MENU in response.text) == (404, False)


def test_readers_see_the_page_of_readers(client):
    response = client.get("/rien/", follow=True)
    assert (response.status_code, DESK_MENU in response.text) == (404, False)


def test_somebody_of_the_desk_who_reads_sees_the_page_of_readers(client):
    client.force_login(cast.reporter())
    response = client.get("/rien/", follow=True)
    assert (response.status_code, DESK_MENU in response.text) == (404, False)
