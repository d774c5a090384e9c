"""A role gives its group what is new, takes away what it gave, and leaves what an operator changed."""

import pytest
from django.contrib.auth.models import Group, Permission

from articles.models.role import Role

pytestmark = pytest.mark.django_db


def test_a_new_role_takes_the_group_of_its_name():
    group = Group.objects.create(name="Stagiaires")
    role = Role.objects.for_name("Stagiaires")
    assert (role.group, Role.objects.for_name("Stagiaires")) == (group, role)


def test_a_group_that_an_operator_renamed_is_still_the_roles():
    role = Role.objects.for_name("Stagiaires")
    Group.objects.filter(pk=role.group_id).update(name="Apprentis")
    assert Role.objects.for_name("Stagiaires").group == role.group


def test_what_an_operator_changed_stays():
    first, second, third, own = Permission.objects.order_by("pk")[:4]
    role = Role.objects.for_name("Stagiaires")
    role.group.permissions.add(own)
    role.grant([first, second])
    role.group.permissions.remove(second)
    role.grant([second, third])
    assert set(role.group.permissions.all()) == {third, own}
