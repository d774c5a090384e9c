import logging

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operator(settings):
    settings.ADMINS = [("Operator", "operator@news.example")]


def test_wrong_host_is_answered_without_a_mail(client):
    assert client.get("/health/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert mail.outbox == []


def test_failing_page_is_mailed_to_the_operator():
    logging.getLogger("django.request").error("Internal Server Error: /")
    assert [message.to for message in mail.outbox] == [["operator@news.example"]]


def test_failed_sign_in_names_the_address(client, caplog):
    client.post("/admin/login/", {"username": "awa", "password": "x"}, REMOTE_ADDR="192.0.2.1")
    assert "Sign-in failed from 192.0.2.1" in caplog.messages
