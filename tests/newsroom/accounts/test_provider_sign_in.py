"""Signing in with an account elsewhere: the whole way through a provider that runs here, and whom it lets in."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core import mail
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse

from newsroom.models import AuditEntry, User
from newsroom.people.leaving import end_access
from tests.articles import cast
from tests.newsroom.accounts.oidc_provider import CLIENT, OTHER_KEY, running_provider

BEGIN = "/admin/account/provider/"
FINISH = "/admin/account/provider/done/"
SITE = "http://localhost:8000"

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    with running_provider() as provider:
        settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "Example Mail"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT
        yield provider


@pytest.fixture
def awa():
    return cast.editor()


def way(browser, **typed):
    """Begin, and return the address at the provider."""
    return browser.post(BEGIN, typed).context["url"]


def come_back(url):
    """Go to the provider, and return the address to which it sends the browser."""
    response = requests.get(url, allow_redirects=False, timeout=5)
    assert response.headers["Location"].startswith(SITE + FINISH)
    return response.headers["Location"].removeprefix(SITE)


def sign_in(browser, **typed):
    return browser.get(come_back(way(browser, **typed)))


def is_in(browser):
    return browser.get("/admin/").status_code == 200


def is_refused(browser, words):
    """Return whether the sign-in ends on the page where it began, with these words, and nothing is stored."""
    response = browser.get(come_back(way(browser)))
    return response.headers["Location"] == "/admin/login/" and words in said(response) and not is_in(browser)


def said(response):
    """Return what the next page says."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


UNKNOWN = "knows nobody with this account"
UNVERIFIED = "has to be verified there"
FAILED = "did not work"


# Who comes in


def test_a_person_of_the_newsroom_signs_in(client, provider, awa):
    assert sign_in(client).headers["Location"] == "/admin/"
    assert is_in(client)
    assert client.get("/admin/session/").json()["person"] == awa.pk


def test_it_leads_where_the_person_wanted_to_go(client, provider, awa):
    assert sign_in(client, next="/admin/articles/article/").headers["Location"] == "/admin/articles/article/"


@pytest.mark.parametrize("wanted", ["//example.org/", "https://example.org/"])
def test_it_leads_to_no_other_site(client, provider, awa, wanted):
    assert sign_in(client, next=wanted).headers["Location"] == "/admin/"


def test_the_account_elsewhere_is_known_by_its_id_from_then_on(client, provider, awa):
    sign_in(client)
    account = SocialAccount.objects.get(user=awa)
    assert (account.provider, account.uid) == (provider.issuer, "4711")
    assert account.extra_data == {"email": "awa@example.org"}
    provider.person["email"] = "awa.married@example.org"
    assert is_in_after(provider)
    assert not SocialToken.objects.exists()


def is_in_after(provider):
    browser = Client()
    sign_in(browser)
    return is_in(browser)


def test_the_person_is_told_that_an_account_was_connected(client, provider, awa):
    sign_in(client)
    sign_in(Client())
    [message] = mail.outbox
    assert message.to == ["awa@example.org"]


def test_who_is_invited_comes_in_and_the_link_of_the_invitation_ends(client, provider, awa):
    awa.invite()
    sign_in(client)
    awa.refresh_from_db()
    assert is_in(client)
    assert not awa.is_invited


def test_another_id_with_the_same_address_is_somebody_else(client, provider, awa):
    sign_in(client)
    provider.person["sub"] = "4712"
    assert is_refused(Client(), "Another account is connected")
    assert SocialAccount.objects.get().uid == "4711"


# Who does not


def test_nobody_signs_up(client, provider):
    assert is_refused(client, UNKNOWN)
    assert not User.objects.exists()


@pytest.mark.parametrize("verified", [False, None, "false"])
def test_an_address_that_the_provider_has_not_verified_names_nobody(client, provider, awa, verified):
    provider.person["email_verified"] = verified
    assert is_refused(client, UNVERIFIED)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_left_does_not_come_in_connected_or_not(client, provider, awa, change):
    User.objects.update(**change)
    assert is_refused(client, UNKNOWN)
    User.objects.update(is_active=True, is_staff=True)
    sign_in(client)
    User.objects.update(**change)
    assert is_refused(Client(), UNKNOWN)


def test_who_leaves_loses_the_connection(client, provider, awa):
    sign_in(client)
    end_access(awa)
    assert not SocialAccount.objects.exists()


def test_the_id_of_another_issuer_is_another_account(client, provider, awa):
    moutiou = cast.reporter()
    SocialAccount.objects.create(user=moutiou, provider="https://former.example.org", uid="4711")
    sign_in(client)
    assert client.get("/admin/session/").json()["person"] == awa.pk


# What the provider says


WRONG_TOKENS = {
    "another nonce": {"nonce": "fremd"},
    "no nonce": {"nonce": ""},
    "another audience": {"aud": "fremd"},
    "another issuer": {"iss": "https://evil.example.org"},
    "expired": {"exp": 1},
    "another person than the user info": {"sub": "4712"},
}


@pytest.mark.parametrize("claims", WRONG_TOKENS.values(), ids=WRONG_TOKENS)
def test_an_id_token_that_is_not_ours_signs_nobody_in(client, provider, awa, claims):
    provider.claims = claims
    assert is_refused(client, FAILED)
    assert not SocialAccount.objects.exists()


def test_an_id_token_that_somebody_else_signed_signs_nobody_in(client, provider, awa):
    provider.key = OTHER_KEY
    assert is_refused(client, FAILED)


def test_the_configuration_of_another_issuer_is_not_used(client, provider, awa):
    provider.config = {"issuer": "https://evil.example.org"}
    assert client.post(BEGIN).headers["Location"] == "/admin/login/"


@pytest.mark.parametrize("config", [{"token_endpoint": ""}, {"jwks_uri": "http://127.0.0.1:9/"}, {"jwks_uri": None}])
def test_a_provider_that_does_not_answer_as_it_should_is_told(client, provider, awa, config):
    begun = way(client)
    provider.config = config
    response = client.get(come_back(begun))
    assert FAILED in said(response)


def test_a_provider_that_is_down_is_told(client, provider, awa, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert FAILED in said(client.post(BEGIN))


def test_the_address_of_another_source_is_not_taken_for_verified(client, provider, awa):
    provider.person = {"sub": "4711", "email": "awa@example.org"}
    provider.claims = {"email": "evil@example.org", "email_verified": True}
    assert is_refused(client, UNVERIFIED)


def test_without_user_info_the_id_token_counts(client, provider, awa):
    provider.config = {"userinfo_endpoint": ""}
    provider.claims = dict(provider.person)
    sign_in(client)
    assert is_in(client)


def test_who_cancels_elsewhere_is_not_signed_in(client, provider, awa):
    provider.error = "access_denied"
    assert is_refused(client, "was cancelled")


def test_what_went_wrong_is_logged_without_what_the_provider_said(client, provider, awa, caplog):
    provider.key = OTHER_KEY
    sign_in(client)
    logged = " ".join(caplog.messages)
    assert "OpenID Connect failed: OAuth2Error" in logged
    assert "awa@example.org" not in logged
    assert CLIENT[1] not in logged


def audit(**kind):
    return list(AuditEntry.objects.filter(**kind).values_list("message", "account"))


def test_the_audit_log_has_connections_and_refusals(client, provider, awa):
    sign_in(client)
    assert ("External account connected", awa.pk) in audit(action=AuditEntry.Action.CHANGED)
    provider.person["sub"] = "4712"
    sign_in(Client())
    provider.person["email"] = "nobody@example.org"
    sign_in(Client())
    refused = audit(action=AuditEntry.Action.SIGN_IN_REFUSED)
    assert sorted(refused, key=str) == [("Unknown external account", awa.pk), ("Unknown external account", None)]


# The way


def test_an_answer_is_good_once_and_in_the_browser_that_asked(client, provider, awa):
    back = come_back(way(client))
    stranger = Client()
    stranger.get(back)
    assert not is_in(stranger)
    client.get(back)
    client.post("/admin/logout/")
    client.get(back)
    assert not is_in(client)


def test_a_code_is_worth_nothing_without_its_proof(client, provider, awa):
    back = come_back(way(client))
    provider.asked[back.partition("code=")[2].partition("&")[0]]["code_challenge"] = "anderes"
    client.get(back)
    assert not is_in(client)


def test_the_way_back_does_not_follow_the_host_header(client, provider, awa, settings):
    settings.ALLOWED_HOSTS = ["*"]
    url = client.post(BEGIN, headers={"host": "evil.example"}).context["url"]
    assert "evil.example" not in url


@pytest.mark.parametrize("query", ["process=connect", "process=redirect", "scope=admin", "auth_params=prompt%3Dnone"])
def test_a_visitor_does_not_say_what_the_provider_is_asked(client, provider, awa, query):
    url = client.post(f"{BEGIN}?{query}").context["url"]
    assert not {"admin", "prompt"} & set(url.replace("%20", "+").replace("=", "+").split("+"))
    client.get(come_back(url))
    assert is_in(client)


def test_it_begins_by_a_post_alone(client, provider):
    assert client.get(BEGIN).status_code == 405


def test_nobody_makes_the_server_ask_the_provider_without_end(client, provider, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"provider_sign_in": "2/m/ip"}
    assert [client.post(BEGIN).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("address", [BEGIN, FINISH])
def test_without_a_provider_there_is_no_such_page(client, settings, address):
    settings.OIDC_ISSUER = ""
    assert client.get(address).status_code in {404, 405}
    assert client.post(address).status_code in {404, 405}


def test_somebody_else_who_is_signed_in_is_signed_out(client, provider, awa):
    client.force_login(cast.reporter())
    sign_in(client)
    assert client.get("/admin/session/").json()["person"] == awa.pk


def test_the_button_stands_on_the_page_of_the_sign_in(client, provider):
    page = client.get("/admin/login/", {"next": "/admin/articles/article/"}).text
    form = page[page.index(f'action="{BEGIN}"') :].partition("</form>")[0]
    assert "Sign in with Example Mail" in form
    assert 'value="/admin/articles/article/"' in form


def test_the_own_account_shows_the_connection(client, provider, awa):
    sign_in(client)
    page = client.get(reverse("mfa_index")).text
    assert f"You can sign in with the account awa@example.org of {provider.issuer}." in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripted", [True, False])
def test_a_browser_goes_the_whole_way(browser, live_server, provider, settings, scripted):
    """The policy of the page stops no redirect, and no script is needed."""
    settings.SITE_URL = live_server.url
    cast.editor()
    context = browser.new_context(java_script_enabled=scripted, base_url=live_server.url)
    page = context.new_page()
    page.goto("/admin/articles/article/")
    page.get_by_role("button", name="Sign in with Example Mail").click()
    page.wait_for_url("**/admin/articles/article/")
    assert "/realm/authorize" in provider.paths
    context.close()


# The second factor


def test_the_second_factor_is_asked_for_as_ever(client, provider, awa):
    TOTP.activate(awa, generate_totp_secret())
    assert sign_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_who_must_have_one_is_led_to_it(client, provider, awa, settings):
    settings.REQUIRE_SECOND_FACTOR = ["all"]
    sign_in(client)
    assert client.get("/admin/").headers["Location"] == reverse("mfa_index")


def test_a_provider_that_asks_for_one_itself_is_enough(client, provider, awa, settings):
    settings.OIDC_SECOND_FACTOR, settings.REQUIRE_SECOND_FACTOR = True, ["all"]
    TOTP.activate(awa, generate_totp_secret())
    sign_in(client)
    assert is_in(client)


def test_its_second_factor_counts_for_its_own_sign_ins_alone(client, provider, awa, settings):
    settings.OIDC_SECOND_FACTOR, settings.REQUIRE_SECOND_FACTOR = True, ["all"]
    sign_in(client)
    client.post("/admin/logout/")
    client.post("/admin/login/", {"login": "awa", "password": "mot-de-passe"})
    assert client.get("/admin/").headers["Location"] == reverse("mfa_index")


# Once more, before something is changed


AGAIN = "/admin/account/provider/again/"


@pytest.fixture
def chief(client, provider, awa):
    """Return a chief editor who has neither password nor second factor, and is signed in by the provider."""
    awa.groups.set([Group.objects.get(name="Chief editor")])
    awa.set_unusable_password()
    awa.save()
    sign_in(client)
    return awa


def change_role(client, person):
    """Press “Save” on the page of a person, as one who becomes an editor."""
    role = Group.objects.get(name="Editor")
    fields = {"username": person.username, "is_active": "on", "groups": [role.pk], "time_zone": ""}
    return client.post(f"/admin/newsroom/user/{person.pk}/change/", fields)


def is_editor(person):
    return person.groups.filter(name="Editor").exists()


def confirm(client, page):
    """Go from this page to the provider and back, and return what the page says then."""
    return client.get(client.get(come_back(client.post(page).context["url"])).headers["Location"])


def test_who_signs_in_elsewhere_alone_signs_in_there_again_before_managing_people(client, provider, chief):
    moutiou = cast.reporter()
    page = change_role(client, moutiou).headers["Location"]
    assert page.startswith(AGAIN)
    assert not is_editor(moutiou)
    assert "What was sent from this browser is saved once you have confirmed." in client.get(page).text
    asked = parse_qs(urlsplit(client.post(page).context["url"]).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    provider.claims = {"auth_time": int(time.time())}
    assert confirm(client, page).headers["Location"] == "/admin/newsroom/user/"
    assert is_editor(moutiou)
    assert change_role(client, cast.reporter("zoe")).headers["Location"] == "/admin/newsroom/user/"


@pytest.mark.parametrize("moment", [None, 1, "now", True])
def test_a_provider_that_does_not_ask_again_confirms_nobody(client, provider, chief, moment):
    moutiou = cast.reporter()
    page = change_role(client, moutiou).headers["Location"]
    provider.claims = {} if moment is None else {"auth_time": moment}
    response = confirm(client, page)
    assert "Example Mail does not say that you have just signed in." in response.text
    assert not is_editor(moutiou)


def test_another_account_confirms_nobody(client, provider, chief):
    page = change_role(client, cast.reporter()).headers["Location"]
    provider.person, provider.claims = provider.person | {"sub": "4712"}, {"auth_time": int(time.time())}
    assert "That was another account of Example Mail." in confirm(client, page).text
    assert is_in(client)


def test_who_cancels_there_stays_signed_in(client, provider, chief):
    page = change_role(client, cast.reporter()).headers["Location"]
    provider.error = "access_denied"
    assert "Nothing was changed" in said(client.get(come_back(client.post(page).context["url"])))
    assert is_in(client)


def test_who_has_no_way_to_confirm_is_told_what_to_do(client, provider, chief, settings):
    settings.OIDC_ISSUER = ""
    page = change_role(client, cast.reporter()).headers["Location"]
    for response in (client.get(page), client.post(page)):
        assert "Ask your chief editor to invite you again" in response.text


def test_who_has_a_password_is_asked_for_it(client, provider, awa):
    sign_in(client)
    assert client.post(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))


# The settings


@pytest.mark.parametrize("missing", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_a_provider_without_a_client_is_an_error(provider, settings, missing):
    setattr(settings, missing, "")
    with pytest.raises(SystemCheckError, match=missing):
        call_command("check", "--tag", "security")
