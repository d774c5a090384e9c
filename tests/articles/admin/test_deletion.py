"""What comes into use while somebody confirms its deletion stays, and the desk says so."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.admin.authors import AuthorAdmin
from articles.models import Author
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(admin_client, monkeypatch):
    """Return an author who seemed to be without a story when the page was checked, and signs one now."""
    monkeypatch.setattr(AuthorAdmin, "get_deleted_objects", lambda *_asked: ([], {}, set(), []))
    author = cast.author()
    cast.draft(authors=[author])
    return author


def delete_on_its_page(client, author):
    return client.post(reverse("admin:articles_author_delete", args=[author.pk]), {"post": "yes"}, follow=True)


def delete_in_the_list(client, author):
    form = {"action": "delete_selected", "_selected_action": author.pk, "post": "yes"}
    return client.post(reverse("admin:articles_author_changelist"), form, follow=True)


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_in_the_list])
def test_it_stays_and_the_desk_says_why(admin_client, author, delete):
    assert "it has just come into use" in delete(admin_client, author).text
    assert Author.objects.filter(pk=author.pk).exists()


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_in_the_list])
def test_the_history_tells_of_no_deletion(admin_client, author, delete):
    delete(admin_client, author)
    assert not LogEntry.objects.filter(object_id=str(author.pk)).exists()
