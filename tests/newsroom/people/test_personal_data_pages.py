"""Taking personal data along and erasing it on the desk: who may, and what the desk says."""

import json

import pytest
from django.urls import reverse

from articles.models import Section
from articles.roles import CHIEF_EDITOR
from newsroom.models import AuditEntry, User
from tests.articles import cast

PASSWORD = "mot-de-passe"

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    """Return a browser in which this person has just typed the password."""
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def fatou():
    return cast.person("fatou", CHIEF_EDITOR)


@pytest.fixture
def chief(client, fatou):
    return signed_in(client, fatou)


@pytest.fixture
def gone():
    person = cast.reporter()
    User.objects.filter(pk=person.pk).update(is_active=False)
    return User.objects.get(pk=person.pk)


def page(name, person):
    return reverse(f"admin:newsroom_user_{name}", args=[person.pk])


def test_the_file_is_handed_out_and_noted(chief, gone):
    response = chief.get(page("personal_data", gone))
    assert json.loads(response.text)["account"]["username"] == "moutiou"
    assert AuditEntry.objects.filter(account=gone, message="Personal data exported").exists()


def test_everybody_takes_the_own_data_along(client):
    response = signed_in(client, cast.reporter()).get(reverse("account_personal_data"))
    assert json.loads(response.text)["account"]["username"] == "moutiou"


@pytest.mark.parametrize("name", ["personal_data", "erase"])
def test_the_password_is_asked_once_more(client, fatou, gone, name):
    client.force_login(fatou)
    assert client.get(page(name, gone)).headers["Location"].startswith(reverse("account_reauthenticate"))


def test_erasing_asks_first(chief, gone):
    assert "cannot be undone" in chief.get(page("erase", gone)).text
    assert User.objects.filter(username="moutiou").exists()


def test_erased_is_noted_without_the_name(chief, gone):
    assert "is erased" in chief.post(page("erase", gone), follow=True).text
    entry = AuditEntry.objects.get(account=gone, message="Personal data erased")
    assert entry.object_name == ""
    assert not User.objects.filter(username="moutiou").exists()
    assert page("erase", gone) not in chief.get(page("change", gone)).text


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_works_here_stays(chief, method):
    moutiou = cast.reporter()
    assert "still works here" in getattr(chief, method)(page("erase", moutiou), follow=True).text
    assert User.objects.filter(username="moutiou").exists()


def test_nobody_erases_who_may_do_more(chief):
    other = User.objects.create_superuser("patron", is_active=False)
    for name in ("personal_data", "erase"):
        assert chief.post(page(name, other)).status_code == 403
    assert User.objects.filter(username="patron").exists()


def test_a_chief_of_some_sections_erases_nobody_of_others(client, fatou, gone):
    Section.objects.create(name="Énergie", slug="energie").editors.add(fatou)
    assert signed_in(client, fatou).post(page("erase", gone)).status_code == 403
