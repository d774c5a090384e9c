"""An event is on its way to a webhook once, and goes there again when somebody asks for it."""

import pytest
from django.utils import timezone

from articles.models import FollowUp
from newsroom.models import StoryEvent, Webhook, WebhookDelivery
from newsroom.models.webhook import CALLING
from tests.articles import cast

pytestmark = pytest.mark.django_db

State = WebhookDelivery.State


@pytest.fixture
def delivery():
    webhook = Webhook.objects.create(name="Slack", url="https://hooks.example.org/")
    event = StoryEvent.objects.record(StoryEvent.Kind.PUBLISHED, cast.draft().pk)
    WebhookDelivery.objects.request(event, [webhook])
    return WebhookDelivery.objects.get()


def test_it_is_requested_once(delivery):
    WebhookDelivery.objects.request(delivery.event, [delivery.webhook])
    assert WebhookDelivery.objects.waiting().count() == 1


def test_nothing_is_requested_of_nobody(delivery):
    FollowUp.objects.all().delete()
    WebhookDelivery.objects.request(delivery.event, [])
    assert not FollowUp.objects.exists()


def test_it_is_given_up_after_a_day(delivery):
    assert not delivery.is_given_up
    delivery.requested_at = timezone.now() - timezone.timedelta(hours=25)
    assert delivery.is_given_up


def test_it_is_sent_again_as_if_it_were_new(delivery):
    FollowUp.objects.all().delete()
    long_ago = timezone.now() - timezone.timedelta(days=3)
    WebhookDelivery.objects.update(state=State.FAILED, attempts=9, requested_at=long_ago)
    delivery.send_again()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.is_given_up) == (State.WAITING, 0, False)
    assert [task.kind for task in FollowUp.objects.all()] == [CALLING]


@pytest.mark.parametrize(
    ("status", "answer", "result"),
    [(200, "ok", "200 ok"), (None, "", ""), (None, "TimeoutError: x", "TimeoutError: x")],
)
def test_the_result_is_what_was_answered(status, answer, result):
    assert WebhookDelivery(status=status, answer=answer).result == result
