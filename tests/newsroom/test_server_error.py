"""Whatever fails, people are told what to do; an outage of the database is no error of the site."""

from contextlib import contextmanager

import pytest
from django.db import DataError, InterfaceError, OperationalError, connection

from newsroom import due_changes
from tests.articles import cast

pytestmark = pytest.mark.django_db

REPORTS = "Something went wrong"


@contextmanager
def failing_database(error):
    def refuse(*args):
        raise error

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def staff(client):
    client.raise_request_exception = False
    client.force_login(cast.editor())
    return client


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/add/", "/admin/login/", "/"])
def test_a_database_that_does_not_answer_is_said_and_when_to_come_again(staff, path, error):
    with failing_database(error):
        response = staff.get(path)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")
    assert "The database does not answer at the moment. Reload this page" in response.text


@pytest.mark.parametrize(
    "path", ["/admin/articles/article/add/", "/admin/articles/article/", "/admin/articles/image/add/"]
)
def test_who_sends_a_form_is_told_that_nothing_was_saved_and_what_to_do(staff, path):
    with failing_database(OperationalError("gone")):
        response = staff.post(path, {"headline": "Le port rouvre"})
    assert response.status_code == 503
    assert "nothing was saved. Reload this page in a minute to send it again" in response.text


def test_the_desk_says_it_in_the_language_of_the_person(staff):
    with failing_database(OperationalError("gone")):
        response = staff.get("/admin/", headers={"accept-language": "fr"})
    assert 'lang="fr"' in response.text
    assert "La base de données ne répond pas" in response.text


@pytest.mark.parametrize("error", [DataError("too long"), ValueError("ours")])
def test_a_fault_of_the_program_is_no_outage(staff, monkeypatch, error):
    monkeypatch.setattr(due_changes, "reads_stories", lambda request: False)
    with failing_database(error):
        response = staff.get("/admin/")
    assert (response.status_code, REPORTS in response.text) == (500, True)
