"""Every page of the desk, found in the URL map, in a real browser: one design, in the language of who reads it."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from articles.admin import finder
from tests.articles import cast
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.desk_pages import PARTS, chief, newsroom, pages, signed_in

pytestmark = pytest.mark.long

PAGES = 50  # at least; a page of the map that is none any more would go unseen


def faults(look, paths):
    """Return what is wrong, by path."""
    found = {path: look.faults_of(path) for path in paths}
    return {path: faults for path, faults in found.items() if faults}


@pytest.mark.parametrize("part", PARTS)
def test_a_page_of_the_desk_has_no_fault(look, client, live_server, transactional_db, part):
    person = chief()
    sign_in(look.page.context, client, person, live_server)
    paths = [path for _name, path in pages(newsroom(person), signed_in(person), [part])]
    assert paths
    assert faults(look, paths) == {}


def test_the_pages_of_somebody_who_is_not_signed_in_have_no_fault(look, transactional_db):
    paths = ["/admin/login/", "/admin/account/password/reset/", "/admin/account/factor/"]
    assert faults(look, paths) == {}


def test_what_a_reporter_may_not_open_and_what_is_not_there_have_no_fault(look, client, live_server, transactional_db):
    reporter = cast.reporter()
    reporter.language = "fr"
    reporter.save()
    sign_in(look.page.context, client, reporter, live_server)
    paths = ["/admin/rien/", "/admin/articles/section/add/", f"/admin/articles/article/{cast.draft().pk}/change/"]
    assert [client.get(path).status_code for path in paths] == [404, 403, 403]
    assert faults(look, paths) == {}


@pytest.mark.parametrize(("error", "status"), [(ValueError("ours"), 500), (OperationalError("gone"), 503)])
def test_the_page_of_a_failure_has_no_fault(look, client, live_server, transactional_db, monkeypatch, error, status):
    def fail(*_args):
        raise error

    sign_in(look.page.context, client, chief(), live_server)
    monkeypatch.setattr(finder, "find_groups", fail)
    client.raise_request_exception = False
    assert client.get("/admin/find/").status_code == status
    assert faults(look, ["/admin/find/"]) == {}


def test_a_form_without_its_token_is_refused_on_a_page_without_fault(look, client, live_server, transactional_db):
    person = chief()
    sign_in(look.page.context, client, person, live_server)
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "fr"})
    strict.force_login(person)
    path = "/admin/articles/tag/add/"
    answer = strict.post(path, {"name": "Mali"})
    assert answer.status_code == 403
    assert look.faults_of_answer(path, answer) == {}


@pytest.mark.django_db
def test_the_url_map_is_walked():
    person = chief()
    assert len(pages(newsroom(person), signed_in(person))) >= PAGES


def test_the_pages_of_somebody_with_a_second_factor_have_no_fault(look, client, live_server, transactional_db):
    person = chief()
    sign_in(look.page.context, client, person, live_server)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    paths = {reverse(f"mfa_{name}") for name in ("index", "view_recovery_codes", "deactivate_totp")}
    assert all(client.get(path).status_code == 200 for path in paths)
    assert faults(look, paths) == {}


@pytest.mark.django_db
def test_the_pages_that_ask_for_the_password_once_more_are_among_them():
    person = chief()
    names = {name for name, _path in pages(newsroom(person), signed_in(person), [""])}
    assert names >= {
        "account_change_password",
        "account_email",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "usersessions_list",
    }
