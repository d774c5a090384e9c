"""Webhooks are called for what they want, signed, again while a service is down, and every call is in the log."""

import hashlib
import hmac
import json

import pytest
from django.utils import timezone

from articles import clock
from articles.models import FollowUp
from newsroom.models import StoryEvent, Webhook, WebhookDelivery
from newsroom.models.webhook import CALLING
from tests.articles import cast
from tests.newsroom.notices.receiver import Receiver

pytestmark = pytest.mark.django_db

SUBMITTED = StoryEvent.Kind.SUBMITTED
State = WebhookDelivery.State


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    with Receiver().running() as receiver:
        yield receiver


@pytest.fixture
def webhook(receiver):
    return Webhook.objects.create(name="Outil", url=receiver.url, kinds=StoryEvent.Kind.values)


@pytest.fixture
def at(monkeypatch):
    """Return a function that moves the newsroom's clock on, and does what is due then."""
    start = clock.now()

    def move(hours):
        monkeypatch.setattr(clock, "now", lambda: start + timezone.timedelta(hours=hours))
        FollowUp.objects.work_off()

    return move


def submit(story):
    story.submit(None)
    FollowUp.objects.work_off()
    return WebhookDelivery.objects.last()


def test_the_service_is_told_and_can_verify_it(story, webhook, receiver):
    delivery = submit(story)
    [(headers, body)] = receiver.sent
    signed = headers["X-Newsroom-Timestamp"].encode() + b"." + body
    expected = hmac.new(webhook.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Newsroom-Signature"] == f"sha256={expected}"
    assert headers["X-Newsroom-Delivery"] == json.loads(body)["id"] == str(delivery.event.uuid)
    assert (delivery.state, delivery.status, delivery.answer, delivery.attempts) == (State.DELIVERED, 200, "ok", 1)


@pytest.mark.parametrize("kind", StoryEvent.Kind.values)
@pytest.mark.parametrize("shape", Webhook.Shape.values)
def test_every_kind_of_event_is_told_in_every_shape(story, awa, webhook, receiver, kind, shape):
    Webhook.objects.update(shape=shape)
    kept = story.keep_unsaved(None, cast.typed(story, headline="Autre")).pk
    StoryEvent.objects.all().delete()
    StoryEvent.objects.record(kind, story.pk, awa, version=kept)
    FollowUp.objects.work_off()
    assert "Le port" in receiver.sent[-1][1].decode()


def test_only_what_it_wants_is_told(story, webhook, receiver, awa):
    Webhook.objects.update(kinds=[StoryEvent.Kind.PUBLISHED])
    story.submit(None)
    story.publish(awa)
    FollowUp.objects.work_off()
    assert [json.loads(body)["event"] for _headers, body in receiver.sent] == ["published"]


def test_only_its_sections_are_told(story, webhook, receiver):
    webhook.sections.add(cast.section("Sport", "sport"))
    assert submit(story) is None
    webhook.sections.add(story.section)
    assert submit(cast.draft("Le quai")).state == State.DELIVERED


def test_one_that_is_not_in_use_is_told_nothing(story, webhook, receiver):
    Webhook.objects.update(is_active=False)
    assert submit(story) is None
    assert receiver.sent == []


def test_a_service_that_is_down_is_tried_again_at_growing_intervals(story, webhook, receiver, at):
    receiver.statuses = [503, 429, 500]
    assert submit(story).state == State.WAITING
    first = FollowUp.objects.get(kind=CALLING).due_at
    at(0.01)
    second = FollowUp.objects.get(kind=CALLING)
    assert second.due_at - clock.now() > first - clock.now() + timezone.timedelta(seconds=1)
    at(0.02)
    at(0.03)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == (State.DELIVERED, 4)
    assert len({headers["X-Newsroom-Delivery"] for headers, _body in receiver.sent}) == 1
    assert not FollowUp.objects.filter(kind=CALLING).exists()


def test_nobody_answers(story, settings, at):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    Webhook.objects.create(name="Outil", url="http://127.0.0.1:9/", kinds=[SUBMITTED])
    delivery = submit(story)
    assert (delivery.state, delivery.status) == (State.WAITING, None)
    assert "ConnectionRefusedError" in delivery.answer
    at(25)
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


@pytest.mark.parametrize("status", [301, 307, 400, 404, 410])
def test_an_answer_that_refuses_for_good_is_not_tried_again(story, webhook, receiver, status):
    receiver.statuses, receiver.headers = [status], {"Location": receiver.url}
    delivery = submit(story)
    assert (delivery.state, delivery.status) == (State.FAILED, status)
    assert len(receiver.sent) == 1
    assert not FollowUp.objects.filter(kind=CALLING).exists()


def test_one_that_always_fails_holds_up_no_other(story, webhook, receiver, at):
    receiver.statuses = [500]
    submit(story)
    submit(cast.draft("Le quai"))
    assert [json.loads(body)["story"]["headline"] for _headers, body in receiver.sent][:2] == ["Le port", "Le quai"]
    at(0.1)
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {State.DELIVERED}


def test_a_hundred_are_sent_in_their_order(story, webhook, receiver):
    for number in range(10):
        cast.draft(f"Le port {number}").submit(None)
    FollowUp.objects.work_off()
    headlines = [json.loads(body)["story"]["headline"] for _headers, body in receiver.sent]
    assert headlines == [f"Le port {number}" for number in range(10)]


def test_an_address_inside_the_network_is_refused_and_the_log_says_so(story, webhook, receiver, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    Webhook.objects.update(url=receiver.url.replace("http:", "https:"))
    delivery = submit(story)
    assert delivery.state == State.FAILED
    assert delivery.result == "The address is inside the network of this server."
    assert receiver.sent == []


def test_a_story_that_has_gone_is_not_told(story, webhook, receiver):
    receiver.statuses = [500]
    delivery = submit(story)
    story.delete()
    FollowUp.objects.request(CALLING, [webhook.pk])
    FollowUp.objects.work_off()
    delivery.refresh_from_db()
    assert (delivery.state, len(receiver.sent)) == (State.FAILED, 1)


def test_another_process_that_tells_the_same_event_calls_once(story, webhook, receiver):
    delivery = submit(story)
    WebhookDelivery.objects.request(delivery.event, [webhook])
    FollowUp.objects.work_off()
    assert len(receiver.sent) == 1
