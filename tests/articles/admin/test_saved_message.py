"""What was saved is named with its state, and one press away."""

import pytest

from articles.models import Author, Section
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


@pytest.mark.parametrize(("in_menu", "state"), [("on", "stands in the menu"), ("", "does not stand in the menu")])
def test_the_state_of_a_section_is_named(admin_client, in_menu, state):
    fields = {"name": "Ports", "slug": "ports", "position": "1", "in_menu": in_menu}
    assert state in said(admin_client, "/admin/articles/section/add/", fields)
    assert Section.objects.get().in_menu == bool(in_menu)


def test_a_name_is_no_markup(admin_client):
    message = said(admin_client, "/admin/articles/author/add/", {"name": "<b>Awa</b>", "slug": "awa"})
    assert "&lt;b&gt;Awa" in message
