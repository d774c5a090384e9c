"""Who must have a second factor gets no further without one, by whatever address."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse

from newsroom.models import User
from newsroom.people.leaving import sign_out_everywhere
from tests.articles import cast

FACTOR = "/admin/account/factor/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def for_editors(settings):
    settings.REQUIRE_SECOND_FACTOR = ["Editor"]


@pytest.fixture
def awa(client):
    editor = cast.editor()
    client.force_login(editor)
    return editor


def code_of(secret):
    """Return what an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def is_led_to_the_factor(response):
    return response.status_code == 302 and response.headers["Location"] == FACTOR


@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/add/", "/admin/articles/tag/", "/admin/find/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_without_one_is_led_to_where_it_is_added(client, awa, for_editors, path, method):
    assert is_led_to_the_factor(getattr(client, method)(path))
    assert "asks you for a second factor" in client.get(FACTOR).text


def test_pages_of_the_account_and_the_way_out_stay_open(client, awa, for_editors):
    for path in (FACTOR, reverse("mfa_activate_totp"), reverse("usersessions_list")):
        assert not is_led_to_the_factor(client.get(path)), path
    assert client.post("/admin/logout/").status_code == 200


def test_with_one_the_desk_opens(client, awa, for_editors):
    TOTP.activate(awa, generate_totp_secret())
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("required", [[], ["Chief editor"], ["Tag staff"]])
def test_whose_role_is_not_named_needs_none(client, awa, settings, required):
    settings.REQUIRE_SECOND_FACTOR = required
    assert client.get("/admin/").status_code == 200


def test_everybody_can_be_asked_for_one(client, settings):
    settings.REQUIRE_SECOND_FACTOR = ["all"]
    client.force_login(User.objects.create_user("neu", is_staff=True))
    assert is_led_to_the_factor(client.get("/admin/"))


def test_an_administrator_is_in_every_role(client, for_editors):
    client.force_login(User.objects.create_superuser("chefin"))
    assert is_led_to_the_factor(client.get("/admin/"))


def test_readers_and_strangers_meet_nothing_of_it(client, for_editors):
    assert client.get("/").status_code == 200
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_the_last_one_stays_while_the_role_needs_it(client, for_editors):
    awa = cast.editor()
    client.force_login(awa)
    client.post(reverse("account_reauthenticate"), {"password": "mot-de-passe"})
    TOTP.activate(awa, generate_totp_secret())
    assert "add another before you remove this one" in client.post(reverse("mfa_deactivate_totp")).text
    assert Authenticator.objects.filter(user=awa, type=Authenticator.Type.TOTP).exists()


def test_after_another_secret_key_no_code_fits(client, settings):
    awa = cast.editor()
    secret = generate_totp_secret()
    TOTP.activate(awa, secret)
    settings.SECRET_KEY = "Zc7fPz0wYh3qXe9RmL2vNb8sUj5aTd1gQo6iGyC4-ZkWQ8sUj5aTd"
    client.post("/admin/login/", {"login": awa.username, "password": "mot-de-passe"})
    code = code_of(secret)
    assert "This code is wrong" in client.post(reverse("mfa_authenticate"), {"code": code}).text


def test_a_code_signs_in_and_a_recovery_code_does_when_the_phone_is_lost(client):
    awa = cast.editor()
    secret = generate_totp_secret()
    TOTP.activate(awa, secret)
    codes = RecoveryCodes.activate(awa).get_unused_codes()
    for code in (code_of(secret), codes[0]):
        browser = type(client)()
        browser.post("/admin/login/", {"login": awa.username, "password": "mot-de-passe"})
        assert browser.get("/admin/").status_code == 302
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert browser.get("/admin/").status_code == 200


def second_step(client):
    """Return the page that asks for the second factor of Awa."""
    client.post("/admin/login/", {"login": "awa", "password": "mot-de-passe"})
    return client.get(reverse("mfa_authenticate")).text


def test_who_has_an_app_alone_is_asked_for_its_code(client):
    TOTP.activate(cast.editor(), generate_totp_secret())
    page = second_step(client)
    assert "Enter the code that your authenticator app shows" in page
    assert "Use a passkey or security key" not in page


def test_who_has_a_passkey_alone_is_asked_for_it(client, monkeypatch):
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda _person: [])
    Authenticator.objects.create(user=cast.editor(), type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
    page = second_step(client)
    assert "Use your passkey, or enter one of your recovery codes." in page
    assert "Use a passkey or security key" in page


def test_who_confirms_by_a_code_is_asked_for_what_there_is(client):
    awa = cast.editor()
    Authenticator.objects.create(user=awa, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
    RecoveryCodes.activate(awa)
    client.force_login(awa)
    assert "Enter one of your recovery codes before" in client.get(reverse("mfa_reauthenticate")).text


def test_a_new_passkey_is_called_by_where_it_is_made(client):
    cast.editor()
    client.post("/admin/login/", {"login": "awa", "password": "mot-de-passe"})
    agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    assert 'value="Firefox on Linux"' in client.get(reverse("mfa_add_webauthn"), headers=agent).text


def new_password(person):
    person.set_password("Treize-lettres-1")
    person.save()


@pytest.mark.parametrize("end", [new_password, sign_out_everywhere])
def test_a_second_step_that_waits_ends_with_another_password_or_a_sign_out_everywhere(client, end):
    awa = cast.editor()
    secret = generate_totp_secret()
    TOTP.activate(awa, secret)
    client.post("/admin/login/", {"login": awa.username, "password": "mot-de-passe"})
    end(awa)
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}, follow=True)
    assert response.redirect_chain == [("/admin/login/", 302)]
    assert "Sign in again" in response.text
    assert client.get("/admin/").status_code == 302


def test_a_role_that_there_is_none_of_is_an_error(settings):
    settings.REQUIRE_SECOND_FACTOR = ["Editors"]
    with pytest.raises(SystemCheckError, match="Editors, which is no role"):
        call_command("check", "--tag", "security")
