"""The key of a webhook is stored nowhere, and each has its own."""

import pytest
from django.core import serializers

from newsroom.models import StoryEvent, Webhook
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def webhook():
    return Webhook.objects.create(name="Slack", url="https://hooks.example.org/")


def test_the_key_is_its_own_and_stays(webhook):
    other = Webhook.objects.create(name="Teams", url="https://hooks.example.org/")
    assert webhook.secret == Webhook.objects.get(pk=webhook.pk).secret
    assert len({webhook.secret, other.secret}) == 2
    assert len(webhook.secret) == 64


def test_a_copy_of_the_database_tells_no_key(webhook):
    assert webhook.secret not in serializers.serialize("json", Webhook.objects.all())


@pytest.mark.parametrize(
    ("kinds", "called"),
    [(["sent-back"], True), (["mentioned"], True), (["sent-back", "mentioned"], True), (["kept"], False)],
)
def test_a_story_that_goes_back_with_names_is_told_once_to_those_who_want_either(webhook, kinds, called):
    Webhook.objects.update(kinds=kinds)
    facts = {"note": "@awa", "names": ["awa"]}
    event = StoryEvent.objects.record(StoryEvent.Kind.SENT_BACK, cast.draft().pk, None, **facts)
    assert Webhook.objects.wanting(event) == ([webhook] if called else [])


def test_another_secret_key_makes_another(webhook, settings):
    before = webhook.secret
    settings.SECRET_KEY = "x" * 50
    assert webhook.secret != before
