"""The demo's logins are made on a developer's machine while nobody has a login there, and nowhere else."""

import pytest

from articles.roles import CHIEF_EDITOR, EDITOR, REPORTER, TAG_STAFF
from demo.logins import LOGINS, create_logins
from newsroom.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_a_developer(settings):
    settings.DEBUG = True


def test_each_role_has_a_login_that_works():
    create_logins()
    assert [login.role for login in LOGINS] == [EDITOR, REPORTER, TAG_STAFF, CHIEF_EDITOR]
    assert all(login.works() for login in LOGINS)


def test_a_login_is_in_the_group_of_its_role():
    users = create_logins()
    assert [users[login.username].groups.get().name for login in LOGINS] == [login.role for login in LOGINS]


def test_production_has_none(settings):
    settings.DEBUG = False
    assert create_logins() == {}
    assert not User.objects.exists()


def test_where_anybody_has_a_login_none_is_made():
    User.objects.create_user("chief", password="mine")
    assert create_logins() == {}
    assert User.objects.get().username == "chief"


def test_a_password_means_nothing_under_another_key(settings):
    before = LOGINS[0].password
    settings.SECRET_KEY = "another"
    assert LOGINS[0].password != before
