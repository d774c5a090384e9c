import datetime

import pytest
from django.utils import timezone

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db


def scheduled(**fields):
    story = cast.draft("Secret", **fields)
    story.publish(cast.editor(), at=timezone.now() + datetime.timedelta(hours=1))


def names(client, path):
    return [item.name for item in client.get(path).context["page"].items]


def test_an_empty_newsroom_has_directories(client):
    assert client.get("/author/").status_code == client.get("/tag/").status_code == 200


def test_authors_are_in_order_whatever_their_accents(client):
    people = [cast.author("Zara", "zara"), cast.author("Émile", "emile"), cast.author("Awa", "awa")]
    cast.story(authors=people)
    assert names(client, "/author/") == ["Awa", "Émile", "Zara"]


def test_authors_of_what_is_not_yet_public_are_not_listed(client):
    scheduled(authors=[cast.author()])
    assert names(client, "/author/") == []


def test_tags_are_in_order_whatever_their_accents(client):
    cast.story(tags=["zinc", "Énergie", "BVMAC"])
    assert names(client, "/tag/") == ["BVMAC", "Énergie", "zinc"]


def test_tags_of_what_is_not_yet_public_are_not_listed(client):
    scheduled(tags=["Secret"])
    assert names(client, "/tag/") == []


def test_authors_and_tags_of_stories_past_their_end_alone_are_not_listed(client):
    story = cast.story(authors=[cast.author()], tags=["Secret"])
    assert names(client, "/author/") + names(client, "/tag/") == ["Moutiou Adjibi Nourou", "Secret"]
    Article.objects.filter(pk=story.pk).update(unpublish_at=timezone.now())
    assert names(client, "/author/") + names(client, "/tag/") == []


def test_tags_are_those_of_the_language(client):
    cast.story(tags=["cocoa"])
    cast.story(tags=["cacao"], language="fr")
    assert names(client, "/tag/") == ["cocoa"]
    assert names(client, "/fr/tag/") == ["cacao"]


def test_a_letter_begins_the_tags_there(client):
    cast.story(tags=["zinc", "Énergie", "BVMAC"])
    assert names(client, "/tag/?from=c") == ["Énergie", "zinc"]
