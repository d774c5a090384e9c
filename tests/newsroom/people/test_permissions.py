"""Nobody manages somebody who may do more."""

import pytest
from django.contrib.auth.models import Group

from articles.roles import CHIEF_EDITOR
from newsroom.models import User
from newsroom.people.permissions import grantable_roles, may_manage
from tests.articles import cast


@pytest.fixture
def zita(db):
    return cast.person("zita", CHIEF_EDITOR)


def fresh(person):
    """Return the person without the permissions that were read before."""
    return User.objects.get(pk=person.pk)


def test_a_chief_editor_manages_whom_they_could_be(zita):
    assert may_manage(zita, cast.editor())
    assert not may_manage(cast.reporter(), zita)


def test_nobody_but_an_administrator_manages_one(zita):
    administrator = User.objects.create_superuser("admin", "admin@example.org", "x")
    assert not may_manage(zita, administrator)
    assert may_manage(administrator, zita)


def test_who_is_limited_to_sections_manages_those_within_them(zita):
    finance, energy = cast.section(), cast.section("Energy", "energy")
    zita.sections.set([finance])
    awa = cast.editor()
    for sections, expected in [([], False), ([energy], False), ([finance, energy], False), ([finance], True)]:
        awa.sections.set(sections)
        assert may_manage(fresh(zita), fresh(awa)) is expected, sections


def test_a_role_with_a_right_that_one_lacks_is_not_given(zita):
    assert Group.objects.get(name=CHIEF_EDITOR) in grantable_roles(zita)
    assert Group.objects.get(name=CHIEF_EDITOR) not in grantable_roles(cast.editor())
