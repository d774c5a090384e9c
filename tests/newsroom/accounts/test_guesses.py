"""Many addresses together do not guess without end, and nobody who has signed in before waits for them."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.urls import reverse

from newsroom.accounts.invitation import invitation_url
from newsroom.accounts.known_browsers import BROWSER_COOKIE, known_browser
from newsroom.models import AuditEntry
from tests.articles import cast
from tests.newsroom.accounts.test_second_factor import code_of
from tests.newsroom.test_signin import counted_in_redis, counted_in_the_database, redis

__all__ = ["counted_in_redis", "counted_in_the_database", "redis"]

PASSWORD = "mot-de-passe"
PASSWORDS = 4  # wrong ones of one account in an hour, from all networks
CODES = 3
IN_NETWORK = 5  # wrong passwords or codes of one account in a quarter of an hour, from one network
HOME = "203.0.113.7"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_pages")]


@pytest.fixture(autouse=True)
def low_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "passwords_of_account": f"{PASSWORDS}/h/key",
        "codes_of_account": f"{CODES}/h/key",
    }


@pytest.fixture
def awa():
    return cast.editor()


@pytest.fixture
def secret(awa):
    secret = generate_totp_secret()
    TOTP.activate(awa, secret)
    return secret


@pytest.fixture
def elsewhere():
    """Return a function that gives a network in which nobody was before."""
    numbers = count(1)
    return lambda: f"198.51.100.{next(numbers)}"


def sign_in(browser, login="awa", password=PASSWORD, address=HOME):
    return browser.post("/admin/login/", {"login": login, "password": password}, REMOTE_ADDR=address)


def enter(browser, code, address=HOME):
    return browser.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=address)


def problem(response):
    """Return the code of what is wrong; "" where nothing is."""
    if response.status_code != 200:
        return ""
    return next(iter(response.context_data["form"].errors.as_data().values()))[0].code


def guess(elsewhere, times, **details):
    return [problem(sign_in(Client(), password="falsch", address=elsewhere(), **details)) for _ in range(times)]


def guess_codes(elsewhere, times):
    """Try wrong codes with the right password, each from another network."""
    problems = []
    for _ in range(times):
        browser, address = Client(), elsewhere()
        sign_in(browser, address=address)
        problems.append(problem(enter(browser, "000000", address)))
    return problems


@pytest.mark.parametrize("login", ["awa", "nobody", "nobody@example.org"])
def test_after_many_from_many_networks_an_account_waits_whether_there_is_one_or_not(awa, elsewhere, login):
    *first, last = guess(elsewhere, PASSWORDS + 1, login=login)
    assert "account_waits" not in first
    assert last == "account_waits"


def test_who_waits_is_told_what_helps(awa, elsewhere):
    guess(elsewhere, PASSWORDS)
    page = sign_in(Client(), address=elsewhere())
    assert "use a browser in which you have signed in before" in str(page.context_data["form"].errors)


@pytest.mark.parametrize("login", ["awa", "awa@example.org"])
def test_who_signed_in_with_this_browser_before_does_not_wait(client, awa, elsewhere, login):
    sign_in(client)
    client.post("/admin/logout/")
    guess(elsewhere, PASSWORDS + 1, login=login)
    assert sign_in(client, login, address=elsewhere()).status_code == 302


def test_one_network_alone_makes_no_account_wait(awa, elsewhere, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"passwords_of_account": f"{IN_NETWORK + 1}/h/key"}
    for _ in range(20):
        sign_in(Client(), password="falsch", address="198.51.100.99")
    assert sign_in(Client(), address=elsewhere()).status_code == 302


def test_right_passwords_are_not_counted(awa, elsewhere):
    for _ in range(PASSWORDS + 1):
        assert sign_in(Client(), address=elsewhere()).status_code == 302


def test_a_known_browser_guesses_no_more_than_a_strange_one(client, awa, elsewhere):
    sign_in(client)
    client.post("/admin/logout/")
    *first, last = [problem(sign_in(client, password="falsch", address=elsewhere())) for _ in range(PASSWORDS + 1)]
    assert "account_waits" not in first
    assert last == "account_waits"


def test_a_colleagues_browser_is_a_strange_one(client, awa, elsewhere):
    cast.reporter()
    sign_in(client, "moutiou")
    client.post("/admin/logout/")
    guess(elsewhere, PASSWORDS)
    assert problem(sign_in(client, address=elsewhere())) == "account_waits"


def test_a_browser_knows_all_who_signed_in_there(client, awa, elsewhere):
    cast.reporter()
    for login in ("awa", "moutiou"):
        sign_in(client, login)
        client.post("/admin/logout/")
    guess(elsewhere, PASSWORDS)
    assert sign_in(client, address=elsewhere()).status_code == 302


@pytest.mark.parametrize("value", ["", "x", "eyJuYW1lIjoiYSJ9:1x:AAAA"])
def test_a_browser_cannot_say_so_itself(rf, value):
    request = rf.get("/admin/login/")
    request.COOKIES[BROWSER_COOKIE] = value
    assert known_browser(request) is None


def test_no_script_reads_the_cookie_and_readers_pages_do_not_get_it(client, awa):
    cookie = sign_in(client).cookies[BROWSER_COOKIE]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/admin/", "Lax")


def test_a_browser_is_known_only_after_the_second_factor(client, secret):
    assert BROWSER_COOKIE not in sign_in(client).cookies
    assert BROWSER_COOKIE in enter(client, code_of(secret)).cookies


# Codes


def test_wrong_codes_from_many_networks_make_an_account_wait_for_codes(secret, elsewhere):
    assert guess_codes(elsewhere, CODES + 1) == ["incorrect_code"] * CODES + ["too_many_codes"]
    browser = Client()
    sign_in(browser)
    assert problem(enter(browser, code_of(secret))) == "too_many_codes"


def test_the_audit_log_has_every_wrong_code_that_was_looked_at(awa, secret, elsewhere):
    guess_codes(elsewhere, CODES + 1)
    refused = AuditEntry.objects.filter(action=AuditEntry.Action.SIGN_IN_REFUSED, account=awa)
    assert list(refused.values_list("message", flat=True)) == ["Wrong second factor"] * CODES


def test_codes_of_strangers_do_not_stop_who_signed_in_before(client, secret, elsewhere):
    sign_in(client)
    enter(client, code_of(secret))
    client.post("/admin/logout/")
    guess_codes(elsewhere, CODES + 1)
    sign_in(client)
    assert problem(enter(client, "000000")) == "incorrect_code"


def test_a_right_code_takes_back_its_own_count_alone(secret, settings):
    network = 6  # wrong passwords and codes of one network
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": f"{network}/15m/ip,5/15m/key"}
    for number in range(network):
        sign_in(Client(), f"name{number}", "falsch")
        if number == network - 2:
            browser = Client()
            sign_in(browser)
            assert enter(browser, code_of(secret)).status_code == 302
    assert problem(sign_in(Client())) == "too_many_login_attempts"


def test_a_new_password_takes_back_no_count_of_the_network(awa, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "2/15m/ip,5/15m/key"}
    for name in ("a", "b"):
        sign_in(Client(), name, "falsch")
    link = invitation_url(awa).removeprefix("http://localhost:8000")
    new = {"password1": "Treize-lettres-1", "password2": "Treize-lettres-1"}
    browser = Client()
    form = browser.get(link, follow=True, REMOTE_ADDR=HOME).redirect_chain[-1][0]
    assert browser.post(form, new, REMOTE_ADDR=HOME).status_code == 302
    assert problem(sign_in(Client(), "c", "falsch")) == "too_many_login_attempts"


# At the same time


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counted", ["in_the_database", "in_redis"])
def test_guesses_from_many_networks_at_the_same_time_are_counted_one_by_one(request, awa, counted):
    request.getfixturevalue(f"counted_{counted}")
    answers = at_once(lambda number: problem(sign_in(Client(), password="falsch", address=f"198.51.100.{number}")))
    assert 1 <= answers.count("username_password_mismatch") <= PASSWORDS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counted", ["in_the_database", "in_redis"])
def test_codes_from_many_networks_at_the_same_time_are_counted_one_by_one(request, secret, counted):
    request.getfixturevalue(f"counted_{counted}")
    browsers = [Client() for _ in range(24)]
    for browser in browsers:
        sign_in(browser)
    answers = at_once(lambda number: problem(enter(browsers[number], "000000", f"198.51.100.{number}")))
    assert 1 <= answers.count("incorrect_code") <= CODES


def at_once(ask):
    """Return what 24 requests of eight threads are answered."""

    def run(number):
        try:
            return ask(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(run, range(24)))
