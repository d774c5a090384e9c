"""django-allauth's address of a person is the one that the desk was given."""

import pytest
from allauth.account.models import EmailAddress

from tests.articles import cast

pytestmark = pytest.mark.django_db


def addresses():
    return list(EmailAddress.objects.values_list("email", "primary", "verified"))


def test_a_new_person_has_a_verified_address():
    cast.editor()
    assert addresses() == [("awa@example.org", True, True)]


def test_another_address_takes_the_place_of_the_former():
    awa = cast.editor()
    awa.email = "awa@example.com"
    awa.save()
    assert addresses() == [("awa@example.com", True, True)]


def test_no_address_leaves_none():
    awa = cast.editor()
    awa.email = None
    awa.save()
    assert addresses() == []


def test_a_save_of_other_fields_asks_nothing(django_assert_num_queries):
    awa = cast.editor()
    with django_assert_num_queries(1):
        awa.save(update_fields=["first_name"])
