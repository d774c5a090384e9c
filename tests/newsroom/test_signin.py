"""Guessing is slowed, and nobody is locked out by strangers; what an answer tells."""

import logging
import os
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.models import User
from newsroom.shared_cache import shared_cache
from tests.articles import cast

PASSWORD = "Ouagadougou, 1983"
WRONG = "password"
PERSON_LIMIT = 5  # wrong passwords for one name from one network, in fifteen minutes
NETWORK_LIMIT = 50  # for any names from one network
WINDOW = 15 * 60  # seconds

WAIT = "too_many_login_attempts"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_pages")]


@pytest.fixture
def awa():
    return User.objects.create_superuser("awa", "awa@example.org", PASSWORD)


def sign_in(client, login="awa", password=WRONG, address="192.0.2.1", **headers):
    return client.post("/admin/login/", {"login": login, "password": password}, REMOTE_ADDR=address, headers=headers)


def fail(client, times, **details):
    for _ in range(times):
        assert problem(sign_in(client, **details)) not in {"", WAIT}


def has_to_wait(response):
    return problem(response) == WAIT


def problem(response):
    """Return the code of what is wrong; "" where nothing is."""
    return response.context_data["form"].non_field_errors().as_data()[0].code if response.status_code == 200 else ""


@pytest.mark.parametrize("login", ["awa", "awa@example.org", "Awa@Example.ORG"])
def test_the_right_password_signs_in(client, awa, login):
    assert sign_in(client, login, PASSWORD).headers["Location"] == "/admin/"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_may_not_use_the_desk_hears_what_a_stranger_hears(client, awa, change):
    User.objects.update(**change)
    known, unknown = sign_in(client, password=PASSWORD), sign_in(client, "nobody")
    assert problem(known) == problem(unknown) == "username_password_mismatch"


@pytest.mark.parametrize("login", ["awa", "awa@example.org", "nobody", "nobody@example.org"])
def test_a_guess_takes_as_long_whether_the_name_is_known_or_not(client, awa, login):
    with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashing:
        fail(client, 1, login=login)
    assert hashing.call_count == 1


def work(ask):
    """Return how many passwords were hashed, and the statements of the database."""
    with (
        mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashing,
        CaptureQueriesContext(connection) as queries,
    ):
        ask()
    return hashing.call_count, [without_values(query["sql"]) for query in queries]


def without_values(statement):
    """Return what of a statement does not depend on who is asked for: a new row on SQLite is a SELECT of its values."""
    return re.split(r" (?:WHERE|VALUES) | SELECT (?=\d)", statement, maxsplit=1)[0]


@pytest.mark.parametrize("fields", [{}, {"is_active": False}, {"is_staff": False}, {"password": "!"}])
@pytest.mark.parametrize(("known", "unknown"), [("awa", "nobody"), ("awa@example.org", "nobody@example.org")])
def test_a_sign_in_is_as_much_work_for_a_name_that_nobody_has(awa, known, unknown, fields):
    User.objects.update(**fields)
    assert work(lambda: sign_in(Client(), known)) == work(lambda: sign_in(Client(), unknown))


def test_a_forgotten_password_is_as_much_work_for_an_address_that_nobody_has(awa, monkeypatch):
    monkeypatch.setattr("newsroom.accounts.adapter.send_in_background", lambda send: None)

    def forget(email):
        return work(lambda: Client().post("/admin/account/password/reset/", {"email": email}))

    assert forget("awa@example.org") == forget("nobody@example.org")


def test_a_few_mistakes_do_no_harm(client, awa):
    fail(client, PERSON_LIMIT - 1)
    assert sign_in(client, password=PASSWORD).status_code == 302


@pytest.mark.parametrize("password", [WRONG, PASSWORD])
def test_after_many_mistakes_no_password_is_looked_at(client, awa, password):
    fail(client, PERSON_LIMIT)
    assert has_to_wait(sign_in(client, password=password))


def test_the_wait_ends_and_does_not_prolong_itself(client, awa, time_machine):
    fail(client, PERSON_LIMIT)
    sign_in(client)
    time_machine(WINDOW + 1)
    assert sign_in(client, password=PASSWORD).status_code == 302


@pytest.fixture
def time_machine(monkeypatch):
    """Return a function that moves the clock of the rate limits forward, by a number of seconds."""
    now = time.time

    def move(seconds):
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now() + seconds)

    return move


def test_the_person_signs_in_from_another_address(client, awa):
    fail(client, PERSON_LIMIT)
    assert sign_in(client, password=PASSWORD, address="198.51.100.7").status_code == 302


def test_a_colleague_signs_in_from_the_same_address(client, awa):
    fail(client, PERSON_LIMIT, login="bakary")
    assert sign_in(client, password=PASSWORD).status_code == 302


@pytest.mark.parametrize("spelling", ["AWA", " awa "])
def test_the_spelling_of_a_name_gives_no_new_tries(client, awa, spelling):
    fail(client, PERSON_LIMIT)
    assert has_to_wait(sign_in(client, login=spelling))


def test_the_counts_do_not_tell_whose_address_it_is(client, awa):
    fail(client, PERSON_LIMIT)
    fail(client, 1, login="awa@example.org")


def test_many_names_from_one_address_make_it_wait(client):
    for number in range(NETWORK_LIMIT):
        fail(client, 1, login=f"name{number}")
    assert has_to_wait(sign_in(client, login="another"))


def test_neighbours_in_one_ipv6_network_count_as_one(client, awa):
    fail(client, PERSON_LIMIT, address="2001:db8:1:2::1")
    assert has_to_wait(sign_in(client, address="2001:db8:1:2::ffff"))


def test_an_address_that_a_proxy_saw_counts(client, awa, settings):
    settings.PROXY_COUNT = 1
    fail(client, PERSON_LIMIT, x_forwarded_for="203.0.113.1")
    assert has_to_wait(sign_in(client, x_forwarded_for="203.0.113.1"))
    fail(client, 1, x_forwarded_for="203.0.113.2")


def test_an_invented_address_is_not_believed(client, awa, settings):
    settings.PROXY_COUNT = 1
    for number in range(PERSON_LIMIT):
        fail(client, 1, x_forwarded_for=f"198.51.100.{number}, 203.0.113.1")
    assert has_to_wait(sign_in(client, x_forwarded_for="198.51.100.99, 203.0.113.1"))


def test_without_a_proxy_no_forwarded_address_is_believed(client, awa):
    for number in range(PERSON_LIMIT):
        fail(client, 1, x_forwarded_for=f"198.51.100.{number}")
    assert has_to_wait(sign_in(client, x_forwarded_for="198.51.100.99"))


@pytest.mark.parametrize("proxied", [False, True])
@pytest.mark.parametrize("form", ["192.0.2.{}:4711", "[2001:db8:{}::1]:4711", "[2001:db8:{}::1]", "::ffff:192.0.2.{}"])
def test_strangers_whose_addresses_have_ports_lock_nobody_out(client, awa, settings, form, proxied):
    settings.PROXY_COUNT = int(proxied)

    def address(number):
        return {"x_forwarded_for" if proxied else "address": form.format(number)}

    for number in range(PERSON_LIMIT):
        fail(client, 1, **address(number))
    assert sign_in(client, password=PASSWORD, **address(99)).status_code == 302


def test_another_port_gives_no_new_tries(client, awa):
    for port in range(PERSON_LIMIT):
        fail(client, 1, address=f"192.0.2.1:{4000 + port}")
    assert has_to_wait(sign_in(client, address="192.0.2.1:5000"))


@pytest.mark.parametrize("said", [{}, {"x_forwarded_for": "'; DROP TABLE"}, {"x_forwarded_for": "unknown"}])
def test_where_no_address_is_known_a_name_waits_and_the_newsroom_does_not(client, awa, settings, said):
    settings.PROXY_COUNT = 1
    for number in range(NETWORK_LIMIT):
        fail(client, 1, login=f"name{number}", **said)
    fail(client, PERSON_LIMIT, login="bakary", **said)
    assert has_to_wait(sign_in(client, login="bakary", **said))
    assert sign_in(client, password=PASSWORD, **said).status_code == 302


@pytest.fixture
def redis(tmp_path):
    """Start Redis and return its address. Missing, it fails CI and is skipped on a laptop."""
    program = shutil.which("redis-server", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("Redis is not installed: nothing was tested with it")
    place = tmp_path / "redis.sock"
    server = subprocess.Popen([program, "--port", "0", "--unixsocket", place, "--save", "", "--dir", tmp_path])
    while not place.exists():
        assert server.poll() is None
        time.sleep(0.02)
    yield f"unix://{place}"
    server.terminate()
    server.wait()


@pytest.fixture
def counted_in_the_database(settings):
    """Count as production does without REDIS_URL. No test's end empties this table."""
    settings.CACHES = {"default": shared_cache("")}
    cache.clear()


@pytest.fixture
def counted_in_redis(settings, redis):
    settings.CACHES = {"default": shared_cache(redis)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counted", ["in_the_database", "in_redis"])
def test_guesses_at_the_same_time_are_counted_one_by_one(request, awa, counted):
    request.getfixturevalue(f"counted_{counted}")

    def guess(number):
        try:
            return problem(sign_in(Client())) != WAIT
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert 1 <= sum(threads.map(guess, range(24))) <= PERSON_LIMIT


def test_a_sign_in_is_logged_with_name_and_address(client, awa, caplog):
    caplog.set_level(logging.INFO, logger="newsroom.signin")
    sign_in(client, password=PASSWORD, address="192.0.2.1:4711")
    assert caplog.messages == ["awa signed in from 192.0.2.1"]


def test_the_counts_name_nobody(client, awa, counted_in_the_database):
    fail(client, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM newsroom_cache")
        assert cursor.fetchall()
        cursor.execute("SELECT count(*) FROM newsroom_cache WHERE cache_key LIKE '%%awa%%'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("form", [{}, {"login": ""}, {"login": "awa\0", "password": "x"}])
def test_form_without_sense_is_refused_politely(client, form):
    assert client.post("/admin/login/", form).status_code == 200


@pytest.mark.parametrize("wanted", ["//example.org/", "https://example.org/", "javascript:alert(1)", "\\\\example.org"])
def test_a_way_to_another_site_leads_to_the_desk_instead(client, awa, wanted):
    typed = {"login": "awa", "password": PASSWORD, "next": wanted}
    response = client.post("/admin/login/", typed, follow=True)
    assert [(path, status) for path, status in response.redirect_chain] == [("/admin/", 302)]
    assert response.status_code == 200


def test_a_way_to_another_site_is_not_followed_when_signing_out(client, awa):
    client.force_login(awa)
    response = client.post("/admin/logout/?next=https://example.org/", follow=True)
    assert response.status_code == 200
    assert "example.org" not in "".join(path for path, _status in response.redirect_chain)


# Over the text of a form


def session(client):
    return client.get("/admin/session/").json()


def test_the_session_names_who_may_use_the_desk(client, awa):
    client.force_login(awa)
    assert session(client).items() >= {"person": awa.pk, "name": "awa"}.items()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_the_session_names_nobody_who_may_not_use_the_desk(client, awa, change):
    client.force_login(awa)
    User.objects.update(**change)
    assert session(client) == {"person": None}


def test_the_session_of_a_stranger_names_nobody(client):
    assert session(client) == {"person": None}


def test_the_session_is_stored_by_no_cache(client):
    assert "no-store" in client.get("/admin/session/")["Cache-Control"]


def test_the_token_of_the_session_is_good_for_forms(awa):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(awa)
    token = session(browser)["token"]
    assert browser.post("/admin/logout/", {"csrfmiddlewaretoken": token}).status_code == 200
    assert browser.post("/admin/login/", {"login": "awa", "password": PASSWORD}).status_code == 403


def test_a_sign_in_begins_a_session_with_another_key(client):
    cast.editor()
    session = client.session
    session["before"] = 1
    session.save()
    client.post("/admin/login/", {"login": "awa", "password": "mot-de-passe"})
    assert client.session.session_key != session.session_key
