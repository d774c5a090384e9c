"""When somebody is asked once more, and when a sign-in is recent enough."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from newsroom.accounts.invitation import invitation_url
from newsroom.accounts.proofs import is_recent
from tests.articles import cast

PASSWORD = "mot-de-passe"
SET_UP_AN_APP = "/admin/account/factor/totp/activate/"

pytestmark = pytest.mark.django_db


def sign_in(client, name="awa"):
    return client.post("/admin/login/", {"login": name, "password": PASSWORD})


def asks_again(client):
    return reverse("account_reauthenticate") in client.get(SET_UP_AN_APP).headers.get("Location", "")


def test_who_has_just_signed_in_is_not_asked_again(client):
    cast.editor()
    sign_in(client)
    assert not asks_again(client)


def test_some_minutes_later_the_password_is_asked_for(client, settings, monkeypatch):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    cast.editor()
    sign_in(client)
    later = time.time() + 301
    monkeypatch.setattr("newsroom.accounts.proofs.time.time", lambda: later)
    assert asks_again(client)


def test_a_password_without_the_second_factor_proves_nothing(client):
    """Nor does it for somebody else, who signs in by another way in the same browser."""
    TOTP.activate(cast.editor(), generate_totp_secret())
    sign_in(client)
    client.force_login(cast.reporter())
    assert asks_again(client)


def test_who_has_just_chosen_a_password_is_not_asked_for_it(client):
    awa = cast.editor()
    awa.invite()
    form = client.get(invitation_url(awa).removeprefix("http://localhost:8000")).headers["Location"]
    client.post(form, {"password1": "Treize-lettres-1", "password2": "Treize-lettres-1"})
    assert not asks_again(client)


@pytest.mark.parametrize(("moment", "recent"), [(0, True), (-7200, False), (7200, False)])
def test_a_moment_is_recent_on_either_side_of_now(moment, recent):
    assert is_recent(time.time() + moment) is recent


@pytest.mark.parametrize("nonsense", [None, "now", True, [], {}])
def test_what_is_no_moment_is_never_recent(nonsense):
    assert not is_recent(nonsense)
