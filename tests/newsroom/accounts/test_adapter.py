"""How attempts are counted, where links of mails lead, and what the next page says."""

import pytest
from django.contrib.messages import get_messages

from newsroom.accounts.adapter import AccountAdapter


@pytest.fixture
def adapter():
    return AccountAdapter()


def test_a_link_leads_to_the_site_whatever_host_the_request_names(adapter, settings):
    settings.SITE_URL = "https://news.example.org"
    url = adapter.get_reset_password_from_key_url("a1-token")
    assert url.startswith("https://news.example.org/admin/account/")


@pytest.mark.parametrize(("url", "is_safe"), [("/admin/", True), ("//evil.example/", False), ("https://a.b/", False)])
def test_only_a_page_of_this_site_is_safe(adapter, url, is_safe):
    assert adapter.is_safe_url(url) is is_safe


def test_strangers_without_an_address_share_no_limit(adapter, rf):
    request = rf.get("/admin/login/", REMOTE_ADDR="")
    assert adapter.get_client_ip(request) != adapter.get_client_ip(request)


@pytest.mark.django_db
def test_the_next_page_says_what_the_newsroom_has_words_for(adapter, client):
    request = client.get("/admin/login/").wsgi_request
    adapter.add_message(request, 25, "account/messages/email_deleted.txt", {"email": "awa@example.org"})
    adapter.add_message(request, 25, "account/messages/logged_in.txt")
    assert [message.message for message in get_messages(request)] == ["awa@example.org was removed."]
