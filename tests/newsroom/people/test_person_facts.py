"""What the page of a person says beside the fields of the form."""

import pytest
from django.urls import reverse
from django.utils import timezone

from newsroom.models import User
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def moutiou():
    return cast.reporter()


def page(client, person, **headers):
    return client.get(reverse("admin:newsroom_user_change", args=[person.pk]), headers=headers).text


def test_a_person_is_headed_by_name_and_an_account_without_one_by_its_user_name(admin_client, moutiou):
    assert "moutiou</h1>" in page(admin_client, moutiou)
    User.objects.filter(pk=moutiou.pk).update(first_name="Moutiou", last_name="Nourou")
    assert "Moutiou Nourou</h1>" in page(admin_client, moutiou)


def test_person_and_author_lead_to_each_other(admin_client, moutiou):
    assert "/admin/articles/author/" not in page(admin_client, moutiou).partition("field-author_page")[2][:300]
    author = cast.author(user=moutiou)
    where = reverse("admin:articles_author_change", args=[author.pk])
    assert f'<a href="{where}">{author}</a>' in page(admin_client, moutiou)
    assert reverse("admin:newsroom_user_change", args=[moutiou.pk]) in admin_client.get(where).text


def test_who_may_not_see_people_is_not_led_to_them(client, moutiou):
    author = cast.author(user=moutiou)
    client.force_login(cast.editor())
    where = reverse("admin:articles_author_change", args=[author.pk])
    assert "/admin/newsroom/user/" not in client.get(where).text


def test_the_last_sign_in_is_told_in_words(admin_client, moutiou):
    assert "never" in page(admin_client, moutiou)
    User.objects.filter(pk=moutiou.pk).update(last_login=timezone.make_aware(timezone.datetime(2025, 3, 1, 9, 30)))
    assert "1 March 2025" in page(admin_client, moutiou)


def test_the_languages_of_the_desk_have_their_own_names(admin_client, moutiou):
    for language in ("en", "fr"):
        shown = page(admin_client, moutiou, accept_language=language)
        assert ">English</option>" in shown
        assert ">Français</option>" in shown
