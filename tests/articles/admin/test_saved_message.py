"""What was saved is named with its state, and one press away."""

import pytest

from articles.models import Author, Section
from newsroom.models import User
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AUTHOR = {"name": "Awa Diop", "slug": "awa-diop"}


def said(client, path, fields):
    [message] = [str(message) for message in client.post(path, fields, follow=True).context["messages"]]
    return message


def test_a_new_author_is_one_press_away(admin_client):
    message = said(admin_client, "/admin/articles/author/add/", AUTHOR | {"is_active": "on"})
    author = Author.objects.get()
    assert "“Awa Diop” is saved." in message
    assert f'href="/admin/articles/author/{author.pk}/change/"' in message
    assert 'href="/author/awa-diop/"' in message


def test_the_state_of_an_author_is_named(admin_client):
    author = cast.author("Awa Diop", "awa-diop")
    message = said(admin_client, f"/admin/articles/author/{author.pk}/change/", AUTHOR)
    assert "“Awa Diop” is saved, as a former colleague." in message


@pytest.mark.parametrize(("in_menu", "state"), [("on", "is in the menu"), ("", "is not in the menu")])
def test_the_state_of_a_section_is_named(admin_client, in_menu, state):
    fields = {"name": "Ports", "slug": "ports", "position": "1", "in_menu": in_menu}
    assert state in said(admin_client, "/admin/articles/section/add/", fields)
    assert Section.objects.get().in_menu == bool(in_menu)


def test_a_name_is_no_markup(admin_client):
    message = said(admin_client, "/admin/articles/author/add/", {"name": "<b>Awa</b>", "slug": "awa"})
    assert "&lt;b&gt;Awa" in message


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
@pytest.mark.parametrize(("language", "words"), [("en", "“Awa Diop” is saved."), ("fr", "« Awa Diop » est")])
def test_every_button_of_a_form_says_the_same(admin_client, button, language, words):
    author = cast.author("Awa Diop", "awa-diop")
    client = admin_client
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    fields = AUTHOR | {"is_active": "on", button: "1"}
    assert words in said(client, f"/admin/articles/author/{author.pk}/change/", fields).replace("\xa0", " ")


def test_save_and_continue_stays_on_the_form_and_keeps_the_filters_of_the_list(admin_client):
    author = cast.author("Awa Diop", "awa-diop")
    path = f"/admin/articles/author/{author.pk}/change/?_changelist_filters=q%3Dawa"
    response = admin_client.post(path, AUTHOR | {"_continue": "1"})
    assert response.url == path


def test_a_message_on_the_form_itself_does_not_lead_to_it(admin_client):
    path = f"/admin/articles/author/{cast.author('Awa Diop', 'awa-diop').pk}/change/"
    assert "Open it again" not in said(admin_client, path, AUTHOR | {"_continue": "1"})


def test_save_and_add_another_leads_to_an_empty_form(admin_client):
    response = admin_client.post("/admin/articles/author/add/", AUTHOR | {"_addanother": "1"})
    assert response.url == "/admin/articles/author/add/"


@pytest.mark.parametrize(("staff", "state"), [("on", ", and may sign in to the desk."), ("", "may not sign in")])
def test_the_state_of_an_account_is_named(admin_client, staff, state):
    person = User.objects.create_user("koffi")
    fields = {"username": "koffi", "is_active": "on", "is_staff": staff}
    assert state in said(admin_client, f"/admin/newsroom/user/{person.pk}/change/", fields)


def test_a_deletion_names_what_is_gone(admin_client):
    path = f"/admin/articles/author/{cast.author('Awa Diop', 'awa-diop').pk}/delete/"
    assert said(admin_client, path, {"post": "yes"}) == "“Awa Diop” is deleted."
