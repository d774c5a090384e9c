"""Only people who may use the desk are known."""

import pytest

from newsroom.accounts.backend import StaffBackend
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", [{"username": "awa"}, {"email": "awa@example.org"}])
def test_who_may_use_the_desk_is_known_by_name_and_by_address(rf, login):
    awa = cast.editor()
    assert StaffBackend().authenticate(rf.post("/"), password="mot-de-passe", **login) == awa


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_right_password_of_somebody_else_is_a_wrong_one(rf, change):
    awa = cast.editor()
    type(awa).objects.update(**change)
    assert StaffBackend().authenticate(rf.post("/"), username="awa", password="mot-de-passe") is None


def test_two_user_names_that_differ_in_case_name_nobody(rf):
    awa, other = cast.editor(), cast.editor("koffi")
    type(awa).objects.filter(pk=other.pk).update(username="Awa")
    backend, request = StaffBackend(), rf.post("/")
    assert backend.authenticate(request, username="AWA", password="mot-de-passe") is None
    assert backend.authenticate(request, email="awa@example.org", password="mot-de-passe") == awa
