import pytest
from django.urls import reverse

from articles.models import Author
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    client.force_login(cast._chief())
    return client


def delete(author):
    return reverse("admin:articles_author_delete", args=[author.pk])


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
