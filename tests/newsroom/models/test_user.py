"""People: nobody shares an e-mail address, many have none, and their language and time zone are known ones."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from newsroom.models import User
from newsroom.models.user import time_zones


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


@pytest.mark.django_db
def test_a_taken_address_is_told_beside_the_field():
    User.objects.create_user("awa", "awa@example.org")
    with pytest.raises(ValidationError) as refusal:
        User(username="koffi", password="x", email="AWA@example.org").full_clean()
    assert refusal.value.message_dict == {"email": ["Somebody already has this e-mail address."]}


@pytest.mark.parametrize("values", [{"language": "tlh"}, {"time_zone": "Mars/Olympus"}, {"email": "awa"}])
def test_unknown_languages_and_zones_are_refused(values):
    person = User(username="awa", password="x", **values)
    with pytest.raises(ValidationError) as refusal:
        person.clean_fields()
    assert list(refusal.value.message_dict) == list(values)


def test_time_zones_are_grouped_by_region():
    regions = dict(time_zones()[1:])
    assert time_zones()[0] == ("UTC", "UTC")
    assert ("Africa/Lagos", "Lagos") in regions["Africa"]
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in regions["America"]


@pytest.mark.django_db
def test_createsuperuser_says_that_an_address_is_taken(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "mot-de-passe")
    create = {"username": "awa", "email": "Awa@example.org", "interactive": False, "stdout": StringIO()}
    call_command("createsuperuser", **create)
    assert User.objects.get().email == "awa@example.org"
    with pytest.raises(CommandError, match="Somebody already has this e-mail address"):
        call_command("createsuperuser", **create | {"username": "koffi"})
