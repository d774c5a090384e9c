"""The history of a person says which rights they have since a change."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from articles.log_messages import read_log_message
from articles.roles import EDITOR
from newsroom.people.rights_log import describe_rights
from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_the_rights_are_said_in_words():
    moutiou = cast.reporter()
    cast.section("Énergie", "energie").editors.add(moutiou)
    assert read_log_message(describe_rights(moutiou)) == "Works here. Roles: Reporter. Sections: Énergie."
    moutiou.is_active = False
    moutiou.groups.clear()
    assert read_log_message(describe_rights(moutiou)) == "Does not work here any more. Roles: none. Sections: Énergie."


def test_a_change_in_the_form_is_noted_with_what_somebody_may_do_now(admin_client):
    moutiou = cast.reporter()
    form = {"username": "moutiou", "is_staff": "on", "is_active": "on", "groups": [Group.objects.get(name=EDITOR).pk]}
    admin_client.post(reverse("admin:newsroom_user_change", args=[moutiou.pk]), {**form, "time_zone": ""})
    said = [read_log_message(entry.change_message) for entry in LogEntry.objects.filter(object_id=str(moutiou.pk))]
    assert "Works here. Roles: Editor. Sections: all." in said
