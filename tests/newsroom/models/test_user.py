"""People: nobody shares an e-mail address, many have none, and their language and time zone are known ones."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from newsroom.models import User
from newsroom.models.user import time_zones


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
@pytest.mark.parametrize("name", ["awa", " AWA ", "Awa@Example.org"])
def test_a_person_is_found_by_user_name_and_by_address_in_any_case(name):
    awa = User.objects.create_user("awa", "awa@example.org")
    User.objects.create_user("koffi", "koffi@example.org")
    assert [*User.objects.named(name)] == [awa]
    assert User.objects.find_by_name(name) == awa
    assert User.objects.find_by_name("nobody") is None


@pytest.mark.django_db
def test_the_address_wins_over_the_user_name_of_somebody_else():
    awa = User.objects.create_user("awa", "awa@example.org")
    User.objects.create_user("awa@example.org", "koffi@example.org")
    assert User.objects.find_by_name("awa@example.org") == awa


@pytest.mark.django_db
def test_two_user_names_that_differ_in_case_find_nobody():
    User.objects.create_user("awa")
    User.objects.create_user("Awa")
    assert User.objects.find_by_name("awa") is None


@pytest.mark.django_db
def test_createsuperuser_says_that_an_address_is_taken(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "mot-de-passe")
    create = {"username": "awa", "email": "Awa@example.org", "interactive": False, "stdout": StringIO()}
    call_command("createsuperuser", **create)
    assert User.objects.get().email == "awa@example.org"
    with pytest.raises(CommandError, match="Somebody already has this e-mail address"):
        call_command("createsuperuser", **create | {"username": "koffi"})
