"""Guessing is slowed; the person is never locked out."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.models import COUNTING_WINDOW, FailedSignIn, User
from newsroom.signin import ADDRESS_LIMIT, PERSON_LIMIT, sign_in_limits

PASSWORD = "Ouagadougou, 1983"
WRONG = "password"

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    return User.objects.create_superuser("awa", password=PASSWORD)


def sign_in(client, username="awa", password=WRONG, address="192.0.2.1", **headers):
    return client.post(
        "/admin/login/", {"username": username, "password": password}, REMOTE_ADDR=address, headers=headers
    )


def fail(client, times, **details):
    for _ in range(times):
        assert sign_in(client, **details).status_code == 200


def test_the_page_has_a_heading(client):
    assert "<h1>Sign in</h1>" in client.get("/admin/login/").text


def test_right_password_signs_in(client, awa):
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_a_few_mistakes_do_no_harm(client, awa):
    fail(client, PERSON_LIMIT - 1)
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_many_mistakes_make_the_visitor_wait(client, awa):
    fail(client, PERSON_LIMIT)
    response = sign_in(client)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= COUNTING_WINDOW.total_seconds()


def test_page_says_how_long(client, awa):
    fail(client, PERSON_LIMIT)
    assert "wait 15 minutes" in sign_in(client).content.decode()


def test_right_password_waits_too(client, awa):
    fail(client, PERSON_LIMIT)
    assert sign_in(client, password=PASSWORD).status_code == 429


def test_waiting_does_not_prolong_itself(client, awa):
    fail(client, PERSON_LIMIT)
    sign_in(client)
    assert FailedSignIn.objects.count() == 2 * PERSON_LIMIT


def test_wait_ends(client, awa):
    fail(client, PERSON_LIMIT)
    FailedSignIn.objects.update(at=timezone.now() - COUNTING_WINDOW)
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_person_signs_in_from_another_address(client, awa):
    fail(client, PERSON_LIMIT)
    assert sign_in(client, password=PASSWORD, address="198.51.100.7").status_code == 302


def test_colleague_signs_in_from_the_same_address(client, awa):
    fail(client, PERSON_LIMIT, username="bakary")
    assert sign_in(client, password=PASSWORD).status_code == 302


@pytest.mark.parametrize("spelling", ["AWA", " awa "])
def test_spelling_of_the_name_gives_no_new_tries(client, awa, spelling):
    fail(client, PERSON_LIMIT)
    assert sign_in(client, username=spelling).status_code == 429


def test_many_names_from_one_address_make_it_wait(client):
    for number in range(ADDRESS_LIMIT):
        fail(client, 1, username=f"name{number}")
    assert sign_in(client, username="another").status_code == 429


def test_neighbours_in_one_ipv6_network_count_as_one(client, awa):
    fail(client, PERSON_LIMIT, address="2001:db8:1:2::1")
    assert sign_in(client, address="2001:db8:1:2::ffff").status_code == 429


def test_success_forgets_the_mistakes_before_it(client, awa):
    fail(client, PERSON_LIMIT - 1)
    sign_in(client, password=PASSWORD)
    client.logout()
    fail(client, PERSON_LIMIT - 1)


def test_address_that_a_proxy_saw_counts(client, awa, settings):
    settings.PROXY_COUNT = 1
    fail(client, PERSON_LIMIT, x_forwarded_for="203.0.113.1")
    assert sign_in(client, x_forwarded_for="203.0.113.1").status_code == 429
    assert sign_in(client, x_forwarded_for="203.0.113.2").status_code == 200


def test_invented_address_is_not_believed(client, awa, settings):
    settings.PROXY_COUNT = 1
    for number in range(PERSON_LIMIT):
        fail(client, 1, x_forwarded_for=f"198.51.100.{number}, 203.0.113.1")
    assert sign_in(client, x_forwarded_for="198.51.100.99, 203.0.113.1").status_code == 429


def test_without_a_proxy_no_forwarded_address_is_believed(client, awa):
    for number in range(PERSON_LIMIT):
        fail(client, 1, x_forwarded_for=f"198.51.100.{number}")
    assert sign_in(client, x_forwarded_for="198.51.100.99").status_code == 429


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
    assert sign_in(client, address="192.0.2.1:5000").status_code == 429


@pytest.mark.parametrize("said", [{}, {"x_forwarded_for": "'; DROP TABLE"}, {"x_forwarded_for": "unknown"}])
def test_where_no_address_is_known_a_name_waits_and_the_newsroom_does_not(client, awa, settings, said):
    settings.PROXY_COUNT = 1
    for number in range(ADDRESS_LIMIT):
        FailedSignIn.objects.record(*sign_in_limits(f"name{number}", None))
    assert sign_in(client, password=PASSWORD, **said).status_code == 302
    fail(client, PERSON_LIMIT, username="bakary", **said)
    assert sign_in(client, username="bakary", **said).status_code == 429


def test_a_sign_in_is_logged_with_name_and_address(client, awa, caplog):
    caplog.set_level(logging.INFO, logger="newsroom.signin")
    sign_in(client, password=PASSWORD, address="192.0.2.1:4711")
    assert caplog.messages == ["awa signed in from 192.0.2.1"]


def test_failures_name_nobody(client, awa):
    fail(client, 1)
    assert not FailedSignIn.objects.filter(key__contains="awa").exists()


def test_old_failures_are_forgotten(client, awa):
    fail(client, 1)
    FailedSignIn.objects.update(at=timezone.now() - COUNTING_WINDOW - timedelta(seconds=1))
    fail(client, 1)
    assert FailedSignIn.objects.count() == 2


@pytest.mark.parametrize("form", [{}, {"username": ""}, {"username": "awa\0", "password": "x"}])
def test_form_without_sense_is_refused_politely(client, form):
    assert client.post("/admin/login/", form).status_code == 200


@pytest.mark.parametrize("wanted", ["//example.org/", "https://example.org/", "javascript:alert(1)", "\\\\example.org"])
def test_a_way_to_another_site_leads_to_the_desk_instead(client, awa, wanted):
    typed = {"username": "awa", "password": PASSWORD, "next": wanted}
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
    assert browser.post("/admin/login/", {"username": "awa", "password": PASSWORD}).status_code == 403
