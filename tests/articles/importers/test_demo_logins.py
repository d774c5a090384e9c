"""The demo's logins exist on a developer's machine, and nowhere else."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured

from articles.importers.demo_logins import LOGINS, create_logins
from articles.roles import EDITOR, REPORTER, TAG_STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_a_developer(settings):
    settings.DEBUG = True


def test_each_role_has_a_login_that_works():
    create_logins()
    assert [login.role for login in LOGINS] == [EDITOR, REPORTER, TAG_STAFF]
    assert all(login.works() for login in LOGINS)


def test_a_login_is_in_the_group_of_its_role():
    users = create_logins()
    assert [users[login.username].groups.get().name for login in LOGINS] == [login.role for login in LOGINS]


def test_without_debug_there_are_none(settings):
    settings.DEBUG = False
    with pytest.raises(ImproperlyConfigured):
        create_logins()
    assert not User.objects.exists()


def test_a_person_of_that_name_keeps_password_and_groups():
    User.objects.create_user("awa", password="mine")
    create_logins()
    assert not LOGINS[0].works()
    assert not User.objects.get(username="awa").groups.exists()


def test_a_password_means_nothing_under_another_key(settings):
    before = LOGINS[0].password
    settings.SECRET_KEY = "another"
    assert LOGINS[0].password != before
