import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Author
from newsroom.models import User
from tests.articles import cast

pytestmark = pytest.mark.django_db

FIELDS = {"name": "Awa Diop", "slug": "awa-diop", "is_active": "on"}


@pytest.fixture
def chief(client):
    client.force_login(cast._chief())
    return client


def delete(author):
    return reverse("admin:articles_author_delete", args=[author.pk])


def test_a_card_leads_to_the_stories_of_its_author(chief):
    author = cast.author()
    page = chief.get(reverse("admin:articles_author_changelist")).text
    assert f'<a href="{reverse("admin:articles_article_changelist")}?author={author.pk}">Stories</a>' in page


def test_who_signed_a_story_stays_and_the_stories_are_counted(chief):
    author = cast.author()
    for number in range(2):
        cast.draft(f"Dépêche {number}", authors=[author])
    for page in (chief.get(delete(author)), chief.post(delete(author), {"post": "yes"})):
        assert "Moutiou Adjibi Nourou: 2 stories" in page.text
        assert "Dépêche" not in page.text
    assert Author.objects.get() == author


def test_who_signed_nothing_goes(chief):
    assert chief.post(delete(cast.author()), {"post": "yes"}).status_code == 302
    assert not Author.objects.exists()


def change(author):
    return reverse("admin:articles_author_change", args=[author.pk])


def test_an_account_is_chosen_by_those_who_may_see_all_accounts(chief):
    author, moutiou = cast.author("Awa Diop", "awa-diop"), cast.reporter()
    chief.post(change(author), FIELDS | {"user": moutiou.pk})
    author.refresh_from_db()
    assert author.user == moutiou


def test_others_see_the_account_and_leave_it(client):
    awa = cast.editor()
    author = cast.author("Awa Diop", "awa-diop", user=cast.reporter())
    client.force_login(awa)
    page = client.get(change(author))
    assert "moutiou" in page.text
    assert "user" not in page.context["adminform"].form.fields
    client.post(change(author), FIELDS | {"user": awa.pk})
    author.refresh_from_db()
    assert author.user.username == "moutiou"


@pytest.mark.parametrize("value", ["x", "9" * 40, "\0"])
def test_what_is_no_account_is_reported_beside_the_field(chief, value):
    page = chief.post(change(cast.author("Awa Diop", "awa-diop")), FIELDS | {"user": value})
    assert page.context["adminform"].form.errors.keys() == {"user"}


def test_authors_are_cards_with_a_photo_or_initials(chief):
    cast.author("Awa Diop", "awa-diop", photo=cast.image())
    cast.author("Moutiou Adjibi Nourou", is_active=False)
    page = chief.get("/admin/articles/author/").text
    assert '<span class="portrait" aria-hidden="true"><img ' in page
    assert '<span class="portrait" aria-hidden="true">MN</span>Moutiou Adjibi Nourou' in page
    assert "former colleague" in page


def test_many_authors_cost_the_queries_of_one(chief, django_assert_max_num_queries):
    for number in range(20):
        cast.author(f"Awa {number}", f"awa-{number}", photo=cast.image(10 + number))
    with django_assert_max_num_queries(8):
        chief.get("/admin/articles/author/")


def test_a_photo_is_uploaded_by_those_who_may_add_pictures(client):
    person = User.objects.create_user("zita", is_staff=True)
    for permission, offered in (("add_author", False), ("add_image", True)):
        person.user_permissions.add(Permission.objects.get(codename=permission))
        client.force_login(person)
        widget = client.get("/admin/articles/author/add/").context["adminform"].form["photo"].field.widget
        assert widget.may_upload == offered
