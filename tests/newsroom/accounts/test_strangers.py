"""Strangers see nothing of an account but the way in, and no cache keeps a page of it."""

import pytest
from django.urls import reverse

from newsroom.accounts.strangers import OPEN_PAGES
from tests.articles import cast

pytestmark = pytest.mark.django_db
CLOSED = ["account_email", "account_change_password", "mfa_index"]


@pytest.mark.parametrize("name", CLOSED)
def test_a_stranger_is_led_to_the_sign_in_and_back(client, name):
    response = client.get(f"{reverse(name)}?a=b")
    assert response.headers["Location"] == f"/admin/login/?next={reverse(name)}%3Fa%3Db"


def test_what_a_stranger_sends_is_not_carried_along(client):
    response = client.post(reverse("account_email"), {"email": "evil@example.org"})
    assert "evil" not in response.headers["Location"]


def test_the_ways_in_are_open_and_every_one_exists(client):
    for name in OPEN_PAGES - {"account_reset_password_from_key"}:
        assert reverse(name)
    assert client.get(reverse("account_reset_password")).status_code == 200


def test_no_cache_keeps_a_page_of_an_account(client):
    client.force_login(cast.editor())
    assert "no-store" in client.get(reverse("mfa_index")).headers["Cache-Control"]
