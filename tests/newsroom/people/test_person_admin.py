"""The pages of people and roles."""

import pytest
from django.contrib.auth.models import Group

from newsroom.models import User
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LIST = "/admin/newsroom/user/"


def test_a_person_is_listed_by_name_and_role(admin_client):
    moutiou = cast.reporter()
    User.objects.filter(pk=moutiou.pk).update(first_name="Moutiou", last_name="Nourou")
    User.objects.create_user("ada", is_staff=True, is_active=False)
    page = admin_client.get(LIST).text
    assert '<span class="portrait" aria-hidden="true">MN</span>Moutiou Nourou' in page
    assert "Reporter" in page
    assert "may not sign in" in page
    assert "never signed in" in page


def test_many_people_cost_the_queries_of_one(admin_client, django_assert_max_num_queries):
    for number in range(20):
        User.objects.create_user(f"ada{number}").groups.add(Group.objects.get(name="Editor"))
    with django_assert_max_num_queries(10):
        admin_client.get(LIST)


def test_a_name_is_no_markup(admin_client):
    User.objects.create_user("ada", first_name="<b>Ada")
    assert "&lt;b&gt;Ada" in admin_client.get(LIST).text


def test_people_without_a_role_are_found(admin_client):
    cast.reporter()
    User.objects.create_user("sans-role")
    page = admin_client.get(LIST, {"groups__isnull": "True"})
    assert "No role" in page.text
    assert {person.username for person in page.context["cl"].result_list} == {"admin", "sans-role"}


def test_a_persons_form_is_saved_with_their_roles(admin_client):
    moutiou = cast.reporter()
    editor = Group.objects.get(name="Editor")
    fields = {"username": "moutiou", "is_staff": "on", "is_active": "on", "groups": [editor.pk], "time_zone": ""}
    admin_client.post(f"{LIST}{moutiou.pk}/change/", fields)
    moutiou.refresh_from_db()
    assert list(moutiou.groups.all()) == [editor]
    assert moutiou.check_password("mot-de-passe")


def test_the_password_has_a_page_of_its_own(admin_client):
    page = admin_client.get(f"{LIST}{cast.reporter().pk}/change/").text
    assert "pbkdf2" not in page
    assert "/password/" in page


def test_the_sections_of_a_limited_person_stand_on_the_card_and_in_the_message(admin_client):
    zoe = cast.editor("zoe")
    sections = [cast.section("Mines", "mines"), cast.section("Trade", "trade")]
    fields = {"username": "zoe", "is_staff": "on", "is_active": "on", "time_zone": "", "groups": zoe.groups.get().pk}
    fields["sections"] = [section.pk for section in sections]
    page = admin_client.post(f"{LIST}{zoe.pk}/change/", fields, follow=True).text
    assert "“zoe” is saved, and may sign in to the desk; changes stories in Mines and Trade." in page
    assert page.count("Mines and Trade") == 2


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Role", "Works here", "May sign in to the desk", "Administrator"]),
        ("fr", ["Rôle", "Travaille ici", "Peut se connecter au desk", "Administrateur"]),
    ],
)
def test_the_filters_speak_of_roles_and_access_as_the_form_does(admin_client, language, titles):
    page = admin_client.get(LIST, headers={"accept-language": language})
    assert [str(one.title) for one in page.context["cl"].filter_specs] == titles
