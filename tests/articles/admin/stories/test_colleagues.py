"""What somebody is told who asks for a colleague's story."""

import pytest
from django.urls import reverse

from newsroom.models import User
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PAGES = ("change", "history", "delete", "preview", "compare", "share")


def page_of(story, name="change"):
    return reverse(f"admin:articles_article_{name}", args=[story.pk])


@pytest.mark.parametrize("name", PAGES)
def test_a_colleague_is_told_who_may_open_a_story(client, moutiou, name):
    story = cast.draft("Secret", authors=[cast.author("Awa Diop", "awa-diop")])
    response = client.get(page_of(story, name))
    assert response.status_code == 403
    if name != "delete":  # which a reporter may do to no story
        assert "This story belongs to Awa Diop. They and the editors may open it." in response.text


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_its_text_is_told(client, moutiou, name):
    story = cast.draft("Secret", standfirst="Caché", slug="cache")
    text = client.get(page_of(story, name)).text
    assert [word for word in ("Secret", "Caché", "cache/") if word in text] == []


def test_without_authors_it_belongs_to_whoever_began_it(client, moutiou):
    story = cast.draft("Secret", created_by=cast.reporter("ada"))
    assert "This story belongs to ada." in client.get(page_of(story)).text


def test_a_story_of_nobody_is_for_editors(client, moutiou):
    assert "This story belongs to a colleague. Editors may open it." in client.get(page_of(cast.draft("Secret"))).text


def test_somebody_of_the_staff_without_a_role_is_told_nothing(client):
    client.force_login(User.objects.create_user("stagiaire", "s@example.org", is_staff=True))
    story = cast.draft("Secret", authors=[cast.author("Awa Diop", "awa-diop")])
    for name in PAGES:
        response = client.get(page_of(story, name), follow=True)
        assert "Awa Diop" not in response.text


def test_a_story_that_does_not_exist_belongs_to_nobody(client, moutiou):
    assert client.get("/admin/articles/article/999999999/change/").status_code == 302
    assert client.get("/admin/articles/article/999999999/share/").status_code == 404
