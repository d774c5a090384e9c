"""A story that an editor schedules changes no page of the desk for those who may not open it: no number, no order."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Tag
from tests.articles import cast
from tests.articles.admin.desk_crawl import paths_for
from tests.articles.admin.story_form import typed

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.long]  # it asks who may, not a database

# What differs each time that a page is loaded.
TOKEN = re.compile(r'<input type="hidden"[^>]*>|(nonce|data-token)="[^"]*"|"token": "[^"]*"')
TERMS = {"suggest_tags": "o", "suggest_links": "mali", "suggest_stories": "public", "suggest_authors": "moutiou"}


def ask(client, own):
    """Return what the desk shows: {address: text}."""
    found = {}
    for name, path in paths_for(own):
        term = next((term for end, term in TERMS.items() if name.endswith(end)), "")
        found[path] = client.get(path, {"term": term} if term else None)
    desk = reverse("admin:articles_article_teaser_desk", args=[own.pk])
    found["the teaser desk"] = client.post(desk, typed(own) | {"part": "1"})
    return {address: TOKEN.sub("", page.text) for address, page in found.items() if not page.streaming}


def test_no_page_of_a_reporter_changes(settings):
    settings.LANGUAGES = [("en", "English")]
    awa, moutiou, client = cast.editor(), cast.reporter(), Client()
    own = cast.draft("La Côte d’Ivoire emprunte", tags=["Togo"], created_by=moutiou)
    cast.story("Le port de Lomé s’étend", tags=["Togo"], hours_ago=48)
    for number in range(24):  # a tag of every other story would say nothing
        cast.story(f"Autre {'abcdefghijklmnopqrstuvwx'[number] * 9}", body="<p>X.</p>", hours_ago=50 + number)
    secret = cast.draft("Rien", tags=["Togo", "Congo"], created_by=awa)
    Tag.objects.create_named("Angola")
    client.force_login(moutiou)
    before = ask(client, own)
    secret.publish(awa, at=timezone.now() + datetime.timedelta(days=1))
    after = ask(client, own)
    assert [address for address in before if address in after and before[address] != after[address]] == []
