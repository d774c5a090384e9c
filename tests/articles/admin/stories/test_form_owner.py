"""The id of a browser in which somebody opened a form: made once, good for one person, ended by a sign-out."""

import datetime

import pytest
from django.db import DatabaseError
from django.test import Client

from articles import clock
from articles.admin.stories.form_owner import COOKIE
from articles.models import FormBrowser
from tests.articles import cast
from tests.articles.admin.story_form import ADD

pytestmark = pytest.mark.django_db


def test_a_browser_keeps_its_id_from_form_to_form(client, awa):
    for _form in range(3):
        client.get(ADD)
    assert FormBrowser.objects.get().user == awa


def test_each_browser_has_its_own(client, awa):
    other = Client()
    other.force_login(awa)
    for browser in (client, other):
        browser.get(ADD)
    assert FormBrowser.objects.count() == 2


def test_the_next_person_in_a_browser_ends_the_id_of_the_one_before(client, awa):
    client.get(ADD)
    koffi = cast.editor("koffi")
    client.force_login(koffi)
    client.get(ADD)
    assert FormBrowser.objects.get().user == koffi


def test_an_id_ends_after_its_time(client, awa):
    client.get(ADD)
    old = FormBrowser.objects.get()
    FormBrowser.objects.update(made_at=clock.now() - datetime.timedelta(days=15))
    client.get(ADD)
    assert FormBrowser.objects.get() != old


@pytest.mark.parametrize("cookie", ["", "x", "1:2:3", "é", ":", "9" * 5000, "00000000-0000-0000-0000-000000000000:x:y"])
def test_a_forged_cookie_is_replaced(client, awa, cookie):
    client.cookies[COOKIE] = cookie
    assert client.get(ADD).status_code == 200
    assert client.cookies[COOKIE].value.startswith(str(FormBrowser.objects.get().pk))


def test_a_form_opens_while_the_database_takes_no_changes(client, awa, monkeypatch):
    def refuse(**_values):
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(FormBrowser.objects, "create", refuse)
    assert client.get(ADD).status_code == 200
    assert COOKIE not in client.cookies
