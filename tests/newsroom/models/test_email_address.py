"""An e-mail address is compared without regard to case, whatever writes it or looks for it."""

import pytest
from django.db import IntegrityError, transaction

from newsroom.models import User


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["awa@example.org", "AWA@Example.ORG", "Awa@éxample.org", "awa@ÉXAMPLE.ORG"])
def test_no_two_people_have_the_same_address_in_whatever_case(other):
    User.objects.create_user("awa", "Awa@Example.org")
    User.objects.create_user("koffi", "awa@Éxample.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="moutiou", email=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="moutiou", email=other)])
    moutiou = User.objects.create_user("moutiou")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=moutiou.pk).update(email=other)


@pytest.mark.django_db
def test_many_have_no_address():
    people = [
        User.objects.create_user("awa"),
        User.objects.create_user("koffi", ""),
        User.objects.create(username="moutiou"),
        User.objects.create(username="sena", email=""),
    ]
    people[0].full_clean(exclude=["password"])
    assert [person.email for person in people] == [None] * 4
    assert User.objects.filter(email__isnull=True).count() == 4


@pytest.mark.django_db
def test_somebody_is_found_by_their_address_in_any_case():
    awa = User.objects.create_user("awa", "awa@example.org")
    assert User.objects.get(email="AWA@example.org") == awa
    assert User.objects.get(email__in=["Awa@Example.Org"]) == awa
