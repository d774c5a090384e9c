"""Who may change roles, and is no administrator, gives and takes nothing beyond the own rights."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from articles.roles import CHIEF_EDITOR, EDITOR
from tests.articles import cast

LIST = reverse("admin:auth_group_changelist")
ADD = reverse("admin:auth_group_add")

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def permission(codename):
    return Permission.objects.get(codename=codename)


@pytest.fixture
def awa(client):
    """Return an editor who may also change roles, and has just typed the password once more."""
    awa = cast.editor()
    awa.user_permissions.add(*Permission.objects.filter(codename__endswith="_group"))
    client.force_login(awa)
    client.post(reverse("account_reauthenticate"), {"password": "mot-de-passe"})
    return awa


def page(name, verb="change"):
    return reverse(f"admin:auth_group_{verb}", args=[Group.objects.get(name=name).pk])


@pytest.mark.parametrize("codename", ["change_user", "merge_tag", "delete_section"])
def test_a_new_role_gets_no_permission_that_its_maker_lacks(client, awa, codename):
    response = client.post(ADD, {"name": "Neue", "permissions": [permission(codename).pk]})
    assert response.context["adminform"].form.errors["permissions"]
    assert not Group.objects.filter(name="Neue").exists()


def test_a_new_role_gets_what_its_maker_has(client, awa):
    client.post(ADD, {"name": "Neue", "permissions": [permission("publish_article").pk]})
    assert [one.codename for one in Group.objects.get(name="Neue").permissions.all()] == ["publish_article"]


def test_no_other_permission_is_offered(client, awa):
    offered = client.get(ADD).context["adminform"].form.fields["permissions"].queryset
    assert {one.codename for one in offered} >= {"publish_article", "change_group"}
    assert not offered.filter(codename__in=["change_user", "merge_tag"]).exists()


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_a_role_with_other_permissions_is_neither_changed_nor_deleted(client, awa, verb):
    before = Group.objects.get(name=CHIEF_EDITOR).permissions.count()
    response = client.post(page(CHIEF_EDITOR, verb), {"name": "Andere", "post": "yes"})
    assert response.status_code == 403
    assert Group.objects.get(name=CHIEF_EDITOR).permissions.count() == before


def test_who_has_a_changed_role_is_signed_out_and_told_why(client, awa):
    zoe = cast.reporter("zoe")
    browser = Client()
    browser.post(reverse("account_login"), {"login": "zoe", "password": "mot-de-passe"})
    role = zoe.groups.get()
    kept = [permission("publish_article").pk]
    awa.user_permissions.set(Permission.objects.all())
    client.post(reverse("admin:auth_group_change", args=[role.pk]), {"name": role.name, "permissions": kept})
    assert "Your rights on the desk were changed." in browser.get("/admin/", follow=True).text
    assert client.get("/admin/").status_code == 200


def test_the_list_deletes_no_such_role_either(client, awa):
    group = Group.objects.get(name=CHIEF_EDITOR)
    client.post(LIST, {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"})
    assert Group.objects.filter(pk=group.pk).exists()


def test_a_role_within_the_own_rights_is_changed(client, awa):
    kept = Group.objects.get(name=EDITOR).permissions.exclude(codename="delete_image")
    client.post(page(EDITOR), {"name": EDITOR, "permissions": [one.pk for one in kept]})
    assert not Group.objects.get(name=EDITOR).permissions.filter(codename="delete_image").exists()


def test_an_administrator_gives_every_permission(admin_client):
    admin_client.post(ADD, {"name": "Neue", "permissions": [permission("change_user").pk]})
    assert Group.objects.get(name="Neue").permissions.get().codename == "change_user"


@pytest.mark.parametrize(("editors", "words"), [(1, "1 person loses this role"), (2, "2 people lose this role")])
def test_who_loses_a_role_is_counted_before_it_is_deleted(admin_client, editors, words):
    for number in range(editors):
        cast.editor(f"awa{number}")
    answer = admin_client.get(page("Editor", "delete")).text
    assert words in answer
    assert "articles.publish_article" not in answer
