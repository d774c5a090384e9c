"""Who may open which page of signing in and of the own account, and whose objects they meet there."""

from functools import cache

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLResolver, reverse

from articles.roles import CHIEF_EDITOR
from newsroom.accounts.urls import urlpatterns
from newsroom.models import User
from tests.articles import cast

PASSWORD = "mot-de-passe"
# Open to those who are not signed in; every other page leads them to the sign-in.
PUBLIC = {
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "mfa_login_webauthn",
    "provider_sign_in",
    "provider_callback",
    "mfa_authenticate",  # without a first step, it leads back to that
}
ARGUMENTS = {"pk": 1, "key": "falsch", "uidb36": "1"}

pytestmark = pytest.mark.django_db


@cache
def pages():
    """Return name → path of every page with a name."""
    found = {}

    def walk(patterns, outer=()):
        for one in patterns:
            takes = [*outer, *(one.pattern.converters or one.pattern.regex.groupindex)]
            if isinstance(one, URLResolver):
                walk(one.url_patterns, takes)
            elif one.name:
                found[one.name] = reverse(one.name, kwargs={name: ARGUMENTS[name] for name in takes})

    walk(urlpatterns)
    return found


def leads_to_the_sign_in(response):
    return response.status_code == 302 and response.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(pages().keys() - PUBLIC))
def test_strangers_are_led_to_the_sign_in(client, name, method):
    response = getattr(client, method)(pages()[name])
    assert response.status_code == 405 or leads_to_the_sign_in(response)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(pages()))
def test_no_page_fails_whoever_asks(client, name, method):
    assert getattr(client, method)(pages()[name]).status_code < 500
    client.force_login(cast.reporter())
    assert getattr(client, method)(pages()[name]).status_code < 500


def signed_in(person):
    """Return the browser of somebody who has just typed the password, and once more."""
    person.set_password(PASSWORD)
    person.save()
    browser = Client()
    browser.post("/admin/login/", {"login": person.username, "password": PASSWORD})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def test_a_colleagues_key_cannot_be_renamed_or_removed():
    key = Authenticator.objects.create(user=cast.editor(), type=Authenticator.Type.WEBAUTHN, data={"name": "Tür"})
    browser = signed_in(cast.reporter())
    for page in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert browser.post(reverse(page, args=[key.pk]), {"name": "Fenster"}).status_code == 404
    key.refresh_from_db()
    assert key.data == {"name": "Tür"}


@pytest.mark.parametrize(
    "page", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account_email"]
)
def test_what_protects_an_account_is_changed_only_after_the_password_once_more(client, page):
    client.force_login(cast.editor())  # a session without a recent password
    response = client.post(reverse(page), {"email": "awa@example.net", "action_add": "1"})
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_password_is_changed_only_with_the_present_one(client):
    awa = cast.editor()
    client.force_login(awa)
    new = {"password1": "Treize-lettres-1", "password2": "Treize-lettres-1"}
    assert client.post(reverse("account_change_password"), {"oldpassword": "falsch", **new}).status_code == 200
    awa.refresh_from_db()
    assert awa.check_password(PASSWORD)


def test_secrets_are_encrypted_in_the_database():
    secret = generate_totp_secret()
    app = TOTP.activate(cast.reporter(), secret).instance
    assert secret not in str(Authenticator.objects.get(pk=app.pk).data)


@pytest.mark.parametrize("name", ["account_email", "mfa_activate_totp", "mfa_add_webauthn"])
def test_nothing_that_a_stranger_sends_is_stored(client, name):
    client.post(reverse(name), {"email": "x" * 1_000_000})
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "account_login"])
def test_no_cache_keeps_a_page_of_an_account(client, name):
    client.force_login(cast.reporter())
    assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]


NONSENSE = ["[" * 100_000, '{"id": 1}', "9" * 5000, "AAAA", '{"rawId": {}, "id": []}', "null", '"x"', "x" * 30_000]


@pytest.mark.parametrize("text", NONSENSE, ids=range(len(NONSENSE)))
def test_a_key_that_talks_nonsense_is_refused(client, text):
    assert client.post(reverse("mfa_login_webauthn"), {"credential": text}).status_code < 500
    browser = signed_in(cast.reporter())
    browser.get(reverse("mfa_add_webauthn"))
    assert browser.post(reverse("mfa_add_webauthn"), {"credential": text, "name": "x"}).status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_reauthenticate", "mfa_activate_totp"]
)
def test_the_first_field_of_a_page_has_the_focus(name):
    browser = Client() if name in PUBLIC else signed_in(cast.reporter())
    assert browser.get(reverse(name)).text.count("autofocus") == 1


# What waits until the password was typed again

ADD_PERSON = "/admin/newsroom/user/add/"
WAITS = "account_reauthentication_state"


@pytest.fixture
def planted(client):
    """Return a browser of a chief editor in which somebody invited a friend, and was asked for the password."""
    client.force_login(cast.person("zita", CHIEF_EDITOR))
    client.post(ADD_PERSON, {"email": "evil@example.org"})
    assert WAITS in client.session
    return client


def type_password(browser):
    return browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": ADD_PERSON}, follow=True)


def test_the_page_says_that_something_waits_for_the_password(planted):
    said = "do not go on"
    assert said in planted.get(reverse("account_reauthenticate")).text
    type_password(planted)
    assert said not in planted.get(reverse("account_reauthenticate")).text


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_generate_recovery_codes"])
def test_what_waits_is_dropped_when_another_page_asks_for_the_password(planted, name):
    planted.get(reverse(name))
    type_password(planted)
    assert not User.objects.filter(email="evil@example.org").exists()


def test_what_waits_is_dropped_by_a_sign_in(client):
    cast.person("zita", CHIEF_EDITOR)
    session = client.session
    session[WAITS] = {"request": "{}"}
    session.save()
    client.post("/admin/login/", {"login": "zita", "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    assert WAITS not in client.session


def test_what_waits_ends_with_a_sign_out(planted):
    planted.post("/admin/logout/")
    planted.post("/admin/login/", {"login": "zita", "password": PASSWORD})
    type_password(planted)
    assert not User.objects.filter(email="evil@example.org").exists()
