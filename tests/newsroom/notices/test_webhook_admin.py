"""Chief editors manage webhooks on the desk, and see what was sent."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.roles import CHIEF_EDITOR
from newsroom.models import AuditEntry, StoryEvent, Webhook, WebhookDelivery
from tests.articles import cast

pytestmark = pytest.mark.django_db

ADD = "/admin/newsroom/webhook/add/"
PASSWORD = {"password": "mot-de-passe"}
TYPED = {
    "name": "Rédaction",
    "url": "https://hooks.example.org/x",
    "shape": "slack",
    "kinds": ["submitted", "stuck"],
    "is_active": "on",
}


@pytest.fixture
def zita(client):
    """Return a chief editor who has just typed the password once more."""
    chief = cast.person("zita", CHIEF_EDITOR)
    client.force_login(chief)
    client.post(reverse("account_reauthenticate"), PASSWORD)
    return chief


@pytest.fixture
def delivery(story):
    webhook = Webhook.objects.create(name="Slack", url="https://hooks.example.org/")
    event = StoryEvent.objects.record(StoryEvent.Kind.PUBLISHED, story.pk)
    return WebhookDelivery.objects.create(webhook=webhook, event=event, state="failed", status=404, answer="no_team")


def change(webhook):
    return reverse("admin:newsroom_webhook_change", args=[webhook.pk])


def again(delivery):
    return reverse("admin:newsroom_webhook_again", args=[delivery.webhook_id, delivery.pk])


def test_a_webhook_is_added(client, zita):
    section = cast.section()
    client.post(ADD, TYPED | {"sections": [section.pk]})
    webhook = Webhook.objects.get()
    assert (webhook.name, webhook.shape, webhook.kinds) == ("Rédaction", "slack", ["submitted", "stuck"])
    assert list(webhook.sections.all()) == [section]
    assert webhook.secret in client.get(change(webhook)).text
    assert LogEntry.objects.get().user == zita


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"url": "http://hooks.example.org/"}, "The address must begin with https://."),
        ({"url": "https://awa:secret@hooks.example.org/"}, "without a user name"),
        ({"url": "ftp://hooks.example.org/"}, "Enter the address of a web server"),
        ({"url": "hooks"}, "Enter a valid URL."),
        ({"url": f"https://hooks.example.org/{'x' * 2000}"}, "at most 1000 characters"),
        ({"kinds": ["x"]}, "Select a valid choice"),
        ({"kinds": []}, "This field is required."),
    ],
)
def test_what_cannot_be_called_is_refused_beside_its_field(client, zita, typed, problem):
    response = client.post(ADD, TYPED | typed)
    assert response.status_code == 200
    assert problem in response.text
    assert not Webhook.objects.exists()


def test_an_operator_may_allow_addresses_of_the_network(client, zita, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    client.post(ADD, TYPED | {"url": "http://mattermost.lan/hooks/x"})
    assert Webhook.objects.get().url == "http://mattermost.lan/hooks/x"


@pytest.fixture
def slack():
    return Webhook.objects.create(name="Slack", url="https://hooks.example.org/services/T0/geheim", kinds=["stuck"])


def test_the_secret_part_of_an_address_is_shown_nowhere(client, zita, slack):
    pages = [client.get(page).text for page in (change(slack), "/admin/newsroom/webhook/")]
    assert "https://hooks.example.org/…" in pages[0]
    assert not any("geheim" in page for page in pages)


def test_an_address_that_is_left_as_it_is_shown_stays(client, zita, slack):
    client.post(change(slack), TYPED | {"url": "https://hooks.example.org/…"})
    slack.refresh_from_db()
    assert (slack.name, slack.url) == ("Rédaction", "https://hooks.example.org/services/T0/geheim")


def test_another_address_takes_its_place_and_no_log_tells_either(client, zita, slack):
    client.post(change(slack), TYPED | {"url": "https://hooks.example.org/services/T0/anders"})
    slack.refresh_from_db()
    assert slack.url.endswith("/anders")
    told = [*LogEntry.objects.values_list("object_repr", "change_message")]
    told += AuditEntry.objects.values_list("object_name", "message")
    assert not any("services" in part for row in told for part in row)


def test_a_new_webhook_takes_no_masked_address_for_another(client, zita, slack):
    client.post(ADD, TYPED | {"url": slack.masked_url})
    assert Webhook.objects.get(name="Rédaction").url == slack.masked_url


def test_the_log_says_what_was_answered(client, zita, delivery):
    page = client.get(change(delivery.webhook)).text
    assert "Somebody published “Le port”." in page
    assert "404 no_team" in page


def test_a_failed_delivery_is_sent_again(client, zita, delivery):
    response = client.post(again(delivery), follow=True)
    assert "It is sent again." in response.text
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


def test_a_delivery_of_another_webhook_is_not_there(client, zita, delivery):
    other = Webhook.objects.create(name="Teams", url="https://hooks.example.org/")
    assert client.post(reverse("admin:newsroom_webhook_again", args=[other.pk, delivery.pk])).status_code == 404


def test_the_password_is_asked_for_once_more(delivery):
    client = Client()
    client.force_login(cast.person("zita", CHIEF_EDITOR))
    assert client.post(again(delivery)).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(ADD, TYPED).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Webhook.objects.count() == 1


def test_an_editor_sees_neither_webhooks_nor_their_log(client, awa, delivery):
    client.force_login(awa)
    client.post(reverse("account_reauthenticate"), PASSWORD)
    assert client.get(change(delivery.webhook)).status_code == 403
    assert client.post(again(delivery)).status_code == 403


def test_a_long_log_costs_the_queries_of_a_short_one(client, zita, story, delivery):
    count = len(_queries(client, delivery))
    for _number in range(12):
        event = StoryEvent.objects.record(StoryEvent.Kind.PUBLISHED, story.pk)
        WebhookDelivery.objects.create(webhook=delivery.webhook, event=event)
    assert len(_queries(client, delivery)) == count


def _queries(client, delivery):
    with CaptureQueriesContext(connection) as captured:
        client.get(change(delivery.webhook))
    return captured.captured_queries


def test_a_webhook_is_deleted_with_its_log(client, zita, delivery):
    client.post(reverse("admin:newsroom_webhook_delete", args=[delivery.webhook_id]), {"post": "yes"})
    assert not Webhook.objects.exists()
    assert not WebhookDelivery.objects.exists()
    assert StoryEvent.objects.exists()


def test_a_webhook_that_is_gone_has_no_log(client, zita):
    assert client.get("/admin/newsroom/webhook/99/change/").status_code == 302
