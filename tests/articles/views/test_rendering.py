"""A page is what its address and this moment say."""

import datetime

import pytest
from django.utils import timezone

from tests.articles import cast

pytestmark = pytest.mark.django_db


def test_a_new_day_is_another_page(client, monkeypatch):
    client.get("/")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert f'<time datetime="{timezone.localdate(tomorrow)}">' in client.get("/").text


def test_the_pages_of_a_list_stay_apart(client):
    for number in range(21):
        cast.story(f"Dépêche {number}", hours_ago=number)
    first = client.get("/section/finance/")
    second = client.get(first.context["page"].next)
    assert "Dépêche 20" in second.text
    assert "Dépêche 20" not in first.text
    assert client.get("/section/finance/").content == first.content
