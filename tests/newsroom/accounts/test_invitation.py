"""An invitation leads to a first password, once, until it is repeated or withdrawn."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from newsroom.accounts.invitation import invitation_url, send_invitation
from newsroom.models import User
from tests.articles import cast
from tests.newsroom.accounts.test_mail import NEW, choose

SITE = "http://localhost:8000"

pytestmark = pytest.mark.django_db


@pytest.fixture
def koffi():
    person = User.objects.create_user("koffi", "koffi@example.org", is_staff=True)
    person.invite()
    return person


def link_of(person):
    return invitation_url(person).removeprefix(SITE)


def is_dead(client, link):
    return "no longer works" in client.get(link, follow=True).text


def test_it_leads_to_a_first_password_and_into_the_desk(client, koffi):
    assert choose(client, link_of(koffi)).redirect_chain[-1][0] == "/admin/"
    koffi.refresh_from_db()
    assert koffi.check_password(NEW)
    assert not koffi.is_invited


def test_it_welcomes_and_names_the_user_name(client, koffi):
    page = client.get(link_of(koffi), follow=True).text
    assert "Welcome to Newsroom" in page
    assert "Your user name is koffi." in page


def test_it_works_once(client, koffi):
    link = link_of(koffi)
    choose(client, link)
    assert is_dead(type(client)(), link)


def test_it_ends_after_three_days(client, koffi, monkeypatch):
    link = link_of(koffi)
    later = timezone.localtime() + timedelta(days=3, hours=1)
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: later.replace(tzinfo=None)
    )
    assert is_dead(client, link)


def test_a_second_one_ends_the_first(client, koffi):
    link = link_of(koffi)
    koffi.invite()
    assert is_dead(client, link)
    assert not is_dead(client, link_of(koffi))


def test_withdrawn_it_is_dead(client, koffi):
    link = link_of(koffi)
    koffi.withdraw_invitation()
    assert is_dead(client, link)
    assert not koffi.is_invited


@pytest.mark.parametrize("withdraw", [True, False])
def test_who_has_no_password_yet_gets_no_link_to_replace_it(client, koffi, withdraw):
    if withdraw:
        koffi.withdraw_invitation()
    client.post(reverse("account_reset_password"), {"email": koffi.email})
    assert not mail.outbox


def test_who_left_before_coming_is_not_let_in(client, koffi):
    link = link_of(koffi)
    User.objects.filter(pk=koffi.pk).update(is_active=False)
    assert is_dead(client, link)


def test_the_mail_says_who_invites_in_the_language_of_the_invited(koffi, settings):
    settings.EMAIL_HOST = "mail.example.org"
    koffi.language = "fr"
    koffi.save()
    send_invitation(koffi, by=cast.editor())
    [message] = mail.outbox
    assert message.to == ["koffi@example.org"]
    assert "awa" in message.body
    assert f"{SITE}/admin/account/password/reset/" in message.body
    assert "mot de passe" in message.body
