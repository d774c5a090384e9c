"""Permissions are boxes in the newsroom's words; what has no box is kept."""

import re

import pytest
from django.contrib.auth.models import Group, Permission

from newsroom.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def permission(codename, app="articles"):
    return Permission.objects.get(codename=codename, content_type__app_label=app)


def boxes(client, path):
    """Return what a screen reader says of each box."""
    return re.findall(r'<input type="checkbox"[^>]* aria-label="([^"]+)"', client.get(path).text)


@pytest.fixture
def role():
    return Group.objects.create(name="Photo desk")


def test_a_box_says_what_it_permits_and_on_what(admin_client, role):
    found = boxes(admin_client, f"/admin/auth/group/{role.pk}/change/")
    assert "view, Pictures" in found
    assert "Can publish, schedule and withdraw stories, Stories" in found
    assert "Can merge tags, Tags" in found


def test_boxes_speak_french(admin_client, role):
    page = admin_client.get(f"/admin/auth/group/{role.pk}/change/", headers={"accept-language": "fr"}).text
    assert "Peut fusionner des mots-clés" in page
    assert "Can " not in page


def test_what_the_desk_has_no_page_for_gets_no_box(admin_client, role):
    page = admin_client.get(f"/admin/auth/group/{role.pk}/change/").context["adminform"].form
    codenames = set(page.fields["permissions"].queryset.values_list("codename", flat=True))
    assert "add_tagalias" in codenames
    assert not {"add_session", "add_logentry", "add_autosave"} & codenames


def test_what_is_held_besides_is_kept(admin_client, role):
    role.permissions.set([permission("view_tag"), permission("view_session", "sessions")])
    path = f"/admin/auth/group/{role.pk}/change/"
    chosen = admin_client.get(path).context["adminform"].form["permissions"].value()
    admin_client.post(path, {"name": role.name, "permissions": [*chosen, permission("add_tag").pk]})
    held = set(role.permissions.values_list("codename", flat=True))
    assert held == {"view_tag", "add_tag", "view_session"}


def test_a_persons_own_permissions_have_boxes_too(admin_client):
    person = User.objects.create_user("ada")
    assert "view, Pictures" in boxes(admin_client, f"/admin/newsroom/user/{person.pk}/change/")
