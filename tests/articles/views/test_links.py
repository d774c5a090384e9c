"""What a page links to, whatever the database holds: imports, fixtures and SQL pass by the forms that check it."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import models

from articles.models import Article
from tests.articles import cast

pytestmark = pytest.mark.django_db

BAD = "javascript:alert(1)"
PAGES = ["/2026-story", "/author/awa-kone/", "/author/", "/", "/feed/", "/feed/atom/", "/author/awa-kone/feed/"]


class Links(HTMLParser):
    """The addresses that a document leads to."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action", "content")]


@pytest.fixture
def story():
    author = cast.author("Awa Koné", "awa-kone", email="awa?bcc=ada@example.org", biography="Elle écrit.")
    story = cast.story(authors=[author])
    for model in apps.get_app_config("articles").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.URLField):
                model.objects.update(**{field.name: BAD})
    return Article.objects.get(pk=story.pk)


@pytest.mark.parametrize("path", PAGES)
def test_no_stored_address_runs_a_script(client, story, path):
    text = client.get(story.get_absolute_url() if path == "/2026-story" else path).text
    assert {urlsplit(link).scheme for link in Links(text).found} <= {"", "http", "https", "mailto", "tag"}
    assert BAD not in text


def test_search_engines_are_told_of_no_such_address(client, story):
    text = client.get(story.get_absolute_url()).text
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert "sameAs" not in told["author"][0]


def test_an_address_of_mail_adds_nothing_to_the_mail(client, story):
    assert 'href="mailto:awa%3Fbcc%3Dada@example.org"' in client.get("/author/awa-kone/").text


def test_nor_does_the_page_of_an_author_on_the_desk(client, story):
    client.force_login(cast.reporter())
    text = client.get(f"/admin/articles/author/{story.authors.get().pk}/change/").text
    assert not any(link.startswith("javascript") for link in Links(text).found)
