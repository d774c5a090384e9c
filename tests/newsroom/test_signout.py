"""Signing out: the session ends, and with it what open forms in this browser may do."""

import pytest
from django.test import Client

from articles.admin.stories.form_owner import COOKIE
from articles.models import FormBrowser
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_signing_out_forgets_who_opened_forms_here(client):
    client.force_login(cast.editor())
    client.get("/admin/articles/article/add/")
    assert client.cookies[COOKIE]["httponly"]
    response = client.post("/admin/logout/")
    assert response.status_code == 200
    assert "You are signed out." in response.text
    assert "quality time" not in response.text
    assert client.cookies[COOKIE].value == ""
    assert not FormBrowser.objects.exists()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("page", ["/admin/", "/admin/account/factor/", "/admin/account/sessions/"])
def test_every_page_says_sign_out(client, page):
    client.force_login(cast.editor())
    text = client.get(page).text
    assert "Sign out" in text
    assert "Log out" not in text


def test_nobody_is_signed_out_by_a_link_or_from_elsewhere():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.editor())
    browser.get("/admin/articles/article/add/")
    assert browser.get("/admin/logout/").status_code == 405
    assert browser.post("/admin/logout/").status_code == 403
    assert browser.get("/admin/").status_code == 200
    assert FormBrowser.objects.exists()
