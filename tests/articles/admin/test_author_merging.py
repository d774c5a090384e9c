"""Merging authors on the desk: who may, what is shown before, and the way back."""

import pytest
from django.urls import reverse

from articles.log_messages import read_log_message
from articles.models import Author, AuthorMerge
from newsroom.models import AuditEntry
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa(client):
    person = cast.editor()
    client.force_login(person)
    return person


@pytest.fixture
def moutiou():
    return cast.author()


@pytest.fixture
def double():
    author = cast.author("M. Adjibi Nourou", "m-adjibi-nourou")
    cast.story("Le port", authors=[author])
    return author


def page(author):
    return reverse("admin:articles_author_merge", args=[author.pk])


def undo(client, author, number):
    return client.post(reverse("admin:articles_author_undo_merge", args=[author.pk]), {"merge": number}, follow=True)


@pytest.mark.parametrize("other", ["M. Adjibi Nourou", "m. adjibi nourou", "id"])
def test_what_it_would_do_is_shown_first(client, awa, moutiou, double, other):
    shown = client.get(page(moutiou), {"other": double.pk if other == "id" else other}).text
    assert "1 story will be signed by “Moutiou Adjibi Nourou”." in shown
    assert not AuthorMerge.objects.exists()


def test_somebody_of_the_same_last_name_is_offered(client, awa, moutiou, double):
    assert f"?other={double.pk}" in client.get(page(moutiou)).text


@pytest.mark.parametrize("other", ["Niemand", "0", "9" * 30, "x" * 5000])
def test_nobody_who_is_not_there_is_merged(client, awa, moutiou, other):
    assert client.get(page(moutiou), {"other": other}).status_code == 200
    assert client.post(page(moutiou), {"merged": other}).status_code == 200
    assert not AuthorMerge.objects.exists()


def test_an_author_is_not_merged_with_itself(client, awa, moutiou):
    assert "This is one author" in client.get(page(moutiou), {"other": moutiou.pk}).text
    assert "This is one author" in client.post(page(moutiou), {"merged": moutiou.pk}).text


def test_a_merge_and_its_undo_are_told_and_recorded(client, awa, moutiou, double):
    said = client.post(page(moutiou), {"merged": double.pk}, follow=True).text
    assert "is merged into “Moutiou Adjibi Nourou”" in said
    assert "Merged into this author" in said
    [entry] = AuditEntry.objects.filter(object_id=str(moutiou.pk), message__contains="Merged with")
    assert read_log_message(entry.message) == "Merged with “M. Adjibi Nourou”"
    change = AuthorMerge.objects.get()
    assert "is an author again, with 1 story." in undo(client, moutiou, change.pk).text
    assert Author.objects.get(pk=double.pk).merged_into is None


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30])
def test_a_merge_that_there_was_not_is_not_undone(client, awa, moutiou, number):
    assert undo(client, moutiou, number).status_code == 404


def test_a_merge_of_another_author_is_not_undone_here(client, awa, moutiou, double):
    client.post(page(moutiou), {"merged": double.pk})
    assert undo(client, cast.author("Awa", "awa"), AuthorMerge.objects.get().pk).status_code == 404


def test_the_page_of_a_merged_one_leads_to_the_other(client, awa, moutiou, double):
    client.post(page(moutiou), {"merged": double.pk})
    shown = client.get(reverse("admin:articles_author_change", args=[double.pk])).text
    assert "This record is merged into" in shown
    assert "merged into Moutiou Adjibi Nourou" in client.get(reverse("admin:articles_author_changelist")).text


def test_a_merged_one_is_not_offered_for_a_byline(client, awa, moutiou, double):
    client.post(page(moutiou), {"merged": double.pk})
    found = client.get(reverse("admin:articles_article_suggest_authors"), {"term": "Nourou"}).json()["results"]
    assert [row["text"] for row in found] == ["Moutiou Adjibi Nourou"]


def limited_editor():
    person = cast.editor("zita")
    cast.section("Énergie", "energie").editors.add(person)
    return person


@pytest.mark.parametrize("someone", [cast.reporter, cast.tag_staff, limited_editor])
def test_who_may_not_change_every_story_merges_and_undoes_nothing(client, moutiou, double, someone):
    client.force_login(someone())
    assert client.post(page(moutiou), {"merged": double.pk}).status_code == 403
    change = AuthorMerge.objects.merge(moutiou, double, None)
    assert undo(client, moutiou, change.pk).status_code == 403
    assert Author.objects.get(pk=double.pk).merged_into == moutiou
