"""Links for outsiders, from the desk."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from articles.log_messages import read_log_message
from articles.models import ShareLink
from tests.articles import cast

pytestmark = pytest.mark.django_db


def page_of(story):
    return reverse("admin:articles_article_share", args=[story.pk])


def test_the_address_is_shown_once_and_works(client, awa):
    story = cast.draft("Secret")
    response = client.post(page_of(story), {"recipient": "Ada Mensah", "days": "3"})
    (address,) = re.findall(r'value="https?://[^/"]+(/share/[^"]+)"', response.text)
    assert "Secret" in Client().get(address).text
    assert address not in client.get(page_of(story)).text
    assert "Shared with Ada Mensah" in [read_log_message(entry.change_message) for entry in LogEntry.objects.all()]


def test_a_revoked_link_leads_nowhere(client, awa):
    story = cast.draft()
    link, token = ShareLink.objects.create_with_token(story, "Ada", 7, awa)
    client.post(reverse("admin:articles_article_revoke", args=[story.pk, link.pk]))
    assert Client().get(f"/share/{token}/").status_code == 404
    assert "revoked" in client.get(page_of(story)).text


def test_a_link_is_revoked_through_its_own_story_only(client, awa):
    link, _token = ShareLink.objects.create_with_token(cast.draft("Un"), "Ada", 7, awa)
    assert (
        client.post(reverse("admin:articles_article_revoke", args=[cast.draft("Deux").pk, link.pk])).status_code == 404
    )
    assert ShareLink.objects.open().exists()


def test_a_link_ends_with_its_givers_right_to_publish(client, awa):
    story, koffi = cast.draft("Secret"), cast.editor("koffi")
    _link, token = ShareLink.objects.create_with_token(story, "Ada", 7, koffi)
    koffi.groups.clear()
    assert Client().get(f"/share/{token}/").status_code == 404
    assert "may no longer publish" in client.get(page_of(story)).text


@pytest.mark.parametrize("data", [{}, {"recipient": "", "days": "7"}, {"recipient": "Ada", "days": "0"}])
def test_a_link_needs_a_name_and_an_end(client, awa, data):
    response = client.post(page_of(cast.draft()), data)
    assert response.status_code == 200
    assert not ShareLink.objects.exists()
    assert "errorlist" in response.text


@pytest.mark.parametrize("days", ["91", "9" * 30, "x", "-1"])
def test_no_link_is_for_ever(client, awa, days):
    client.post(page_of(cast.draft()), {"recipient": "Ada", "days": days})
    assert not ShareLink.objects.exists()


def test_what_everybody_may_read_needs_no_link(client, awa):
    story = cast.story()
    assert "All of it is already public" in client.get(page_of(story)).text
    client.post(page_of(story), {"recipient": "Ada", "days": "7"})
    assert not ShareLink.objects.exists()


def test_a_reporter_shares_nothing(client, moutiou):
    story = cast.draft(created_by=moutiou)
    assert client.post(page_of(story), {"recipient": "Ada", "days": "7"}).status_code == 403
    assert not ShareLink.objects.exists()
