"""A link that sets a password is good for somebody who works here."""

import pytest

from newsroom.accounts.links import StaffTokenGenerator
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_link_works_for_its_person_alone():
    awa, moutiou = cast.editor(), cast.reporter()
    token = StaffTokenGenerator().make_token(awa)
    assert StaffTokenGenerator().check_token(awa, token)
    assert not StaffTokenGenerator().check_token(moutiou, token)


@pytest.mark.parametrize("right", ["is_active", "is_staff"])
def test_it_ends_when_its_person_leaves(right):
    awa = cast.editor()
    token = StaffTokenGenerator().make_token(awa)
    setattr(awa, right, False)
    assert not StaffTokenGenerator().check_token(awa, token)
