"""What people change of themselves: how the desk knows them, and what readers see of them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Author
from newsroom.models import User
from tests.articles import cast

PROFILE = {"first_name": "Moutiou", "last_name": "Adjibi", "language": "fr", "time_zone": "Africa/Lagos"}
AUTHOR = {"biography": "Suit l’énergie.", "email": "", "website": "example.org", "mastodon": "", "linkedin": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture
def moutiou(client):
    person = cast.reporter()
    client.force_login(person)
    return person


@pytest.fixture
def author(moutiou):
    return cast.author(user=moutiou)


def save(client, page, form):
    return client.post(reverse(page), form, follow=True)


def test_the_desk_follows_the_language_at_once(client, moutiou):
    assert "Votre profil est enregistré." in save(client, "account_profile", PROFILE).text
    assert User.objects.filter(pk=moutiou.pk, **PROFILE).exists()


def test_nothing_else_of_an_account_is_changed(client, moutiou):
    save(client, "account_profile", {**PROFILE, "is_superuser": "on", "username": "chief", "email": "x@example.org"})
    moutiou.refresh_from_db()
    assert (moutiou.username, moutiou.is_superuser, moutiou.email) == ("moutiou", False, "moutiou@example.org")


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"time_zone": "Mars/Olympus"}, {"first_name": "x" * 200}])
def test_what_is_refused_stays_in_the_form_and_out_of_the_masthead(client, moutiou, wrong):
    response = save(client, "account_profile", {**PROFILE, "last_name": "Nourou", **wrong})
    assert 'value="Nourou"' in response.text
    assert "Moutiou Nourou" not in response.text
    moutiou.refresh_from_db()
    assert moutiou.last_name == ""


def test_authors_change_what_readers_see_of_them(client, author):
    assert "Your author page is saved." in save(client, "account_author_page", AUTHOR).text
    author.refresh_from_db()
    assert (author.biography, author.website) == ("Suit l’énergie.", "https://example.org")


def test_the_history_of_the_author_says_so(client, moutiou, author):
    save(client, "account_author_page", AUTHOR)
    entry = LogEntry.objects.get(object_id=str(author.pk), user=moutiou)
    assert "Biography" in entry.get_change_message()


def test_a_save_without_a_change_leaves_no_trace(client, moutiou):
    form = dict.fromkeys(PROFILE, "")
    save(client, "account_profile", form)
    assert not LogEntry.objects.exists()


def test_name_and_role_of_an_author_are_the_newsrooms(client, author):
    save(client, "account_author_page", {**AUTHOR, "name": "Awa", "slug": "awa", "title": "Chief", "is_active": ""})
    author.refresh_from_db()
    assert (author.name, author.title, author.is_active) == ("Moutiou Adjibi Nourou", "", True)


def test_a_photo_comes_from_the_library(client, author):
    image = cast.image()
    save(client, "account_author_page", {**AUTHOR, "photo": image.pk})
    author.refresh_from_db()
    assert author.photo == image


@pytest.mark.parametrize("photo", ["999", "x", "9" * 5000])
def test_a_photo_that_there_is_not_is_refused(client, author, photo):
    response = save(client, "account_author_page", {**AUTHOR, "photo": photo})
    assert response.status_code == 200
    assert "errorlist" in response.text


def test_who_may_not_see_the_library_chooses_no_photo(client):
    guest = User.objects.create_user("koffi", is_staff=True)
    client.force_login(guest)
    koffi = cast.author("Koffi", "koffi", user=guest)
    save(client, "account_author_page", {**AUTHOR, "photo": cast.image().pk})
    koffi.refresh_from_db()
    assert (koffi.photo, koffi.biography) == (None, "Suit l’énergie.")


@pytest.mark.parametrize("is_active", [True, False])
def test_a_colleagues_page_and_that_of_a_former_one_are_not_changed(client, moutiou, is_active):
    awa = cast.author("Awa", "awa", user=moutiou if not is_active else cast.editor(), is_active=is_active)
    assert "belongs to no author" in save(client, "account_author_page", AUTHOR).text
    assert Author.objects.get(pk=awa.pk).biography == ""
