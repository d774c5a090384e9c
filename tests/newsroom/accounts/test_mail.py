"""The mails of an account: to whom they go, in which language, and where their links lead."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from newsroom.accounts.invitation import invitation_url
from newsroom.models import AuditEntry, User
from newsroom.people.leaving import sign_out_everywhere
from tests.articles import cast

PASSWORD = "mot-de-passe"
NEW = "Treize-lettres-1"

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa(settings):
    settings.SITE_URL = "https://news.example.org"
    awa = cast.editor()
    awa.email = "awa@example.org"
    awa.save()
    return awa


def link_in(message):
    return re.search(r"https://news\.example\.org(/admin/account/\S+)", message.body)[1]


def ask_for_a_new_password(client, email, **headers):
    return client.post(reverse("account_reset_password"), {"email": email}, headers=headers)


def choose(client, link):
    """Follow the link of a mail and choose the new password; the last page."""
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(where, {"password1": NEW, "password2": NEW}, follow=True)


def test_a_forgotten_password_is_replaced_by_a_link(client, awa):
    ask_for_a_new_password(client, "awa@example.org")
    [message] = mail.outbox
    assert message.to == ["awa@example.org"]
    assert "awa" in message.body
    assert choose(client, link_in(message)).status_code == 200
    awa.refresh_from_db()
    assert awa.check_password(NEW)


def test_the_link_works_once(client, awa):
    ask_for_a_new_password(client, "awa@example.org")
    link = link_in(mail.outbox[0])
    choose(client, link)
    assert "no longer works" in client.get(link, follow=True).text


def test_a_new_password_ends_every_session(client, awa):
    client.force_login(awa)
    stranger = type(client)()
    ask_for_a_new_password(stranger, "awa@example.org")
    choose(stranger, link_in(mail.outbox[0]))
    assert client.get("/admin/").status_code == 302


def test_a_new_password_is_told(client, awa):
    ask_for_a_new_password(client, "awa@example.org")
    choose(client, link_in(mail.outbox.pop()))
    [message] = mail.outbox
    assert message.subject == "Your password was changed."
    assert "127.0.0.1" in message.body


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, awa):
    known = ask_for_a_new_password(client, "awa@example.org")
    mail.outbox.clear()
    unknown = ask_for_a_new_password(client, "nobody@example.org")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert not mail.outbox


def test_a_link_does_not_lead_where_a_visitor_says(client, awa, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask_for_a_new_password(client, "awa@example.org", host="evil.example")
    assert "evil.example" not in mail.outbox[0].body
    assert link_in(mail.outbox[0])


def test_a_mail_speaks_the_language_of_its_reader(client, awa):
    User.objects.update(language="fr")
    ask_for_a_new_password(client, "awa@example.org", accept_language="en")
    assert "mot de passe" in mail.outbox[0].body


def test_a_reader_without_a_language_gets_that_of_the_page(client, awa):
    ask_for_a_new_password(client, "awa@example.org", accept_language="fr")
    assert "mot de passe" in mail.outbox[0].body


def test_a_new_address_counts_when_its_link_was_followed(client, awa):
    client.force_login(awa)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "awa@example.net", "action_add": "1"})
    awa.refresh_from_db()
    assert awa.email == "awa@example.org"
    [message] = mail.outbox
    assert message.to == ["awa@example.net"]
    client.post(link_in(message))
    awa.refresh_from_db()
    assert awa.email == "awa@example.net"


def test_the_old_address_hears_of_the_new_one(client, awa):
    test_a_new_address_counts_when_its_link_was_followed(client, awa)
    [told] = [message for message in mail.outbox[1:] if message.to == ["awa@example.org"]]
    assert "this address no longer leads into your account" in told.body
    assert "/password/reset/" not in told.body


def test_a_colleagues_address_cannot_be_taken(client, awa):
    User.objects.create_user("koffi", "koffi@example.org")
    client.force_login(awa)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.post(reverse("account_email"), {"email": "Koffi@example.org", "action_add": "1"})
    assert "Somebody already has this e-mail address." in response.text
    assert not mail.outbox


def test_mail_goes_to_the_address_that_the_desk_was_given(client, awa):
    awa.email = "awa@example.com"
    awa.save()
    ask_for_a_new_password(client, "awa@example.org")
    assert not mail.outbox
    ask_for_a_new_password(client, "awa@example.com")
    assert [message.to for message in mail.outbox] == [["awa@example.com"]]


def test_who_does_not_work_here_any_more_gets_no_link(client, awa):
    User.objects.update(is_active=False)
    ask_for_a_new_password(client, "awa@example.org")
    assert not mail.outbox


def test_a_link_to_a_new_address_is_good_for_the_person_alone(client, awa):
    client.force_login(awa)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "evil@example.org", "action_add": "1"})
    link = link_in(mail.outbox[0])
    colleague = Client()
    colleague.force_login(cast.reporter())
    for other in (Client(), colleague):
        other.post(link)
    awa.refresh_from_db()
    assert awa.email == "awa@example.org"


def test_an_address_that_waits_ends_with_every_session(awa):
    EmailAddress.objects.create(user=awa, email="evil@example.org")
    sign_out_everywhere(awa)
    assert not EmailAddress.objects.filter(verified=False).exists()


def test_an_address_that_waits_ends_with_another_one(awa):
    EmailAddress.objects.create(user=awa, email="evil@example.org")
    awa.email = "awa@example.com"
    awa.save()
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["awa@example.com"]


def test_without_a_mail_server_no_link_comes_into_the_log(client, awa, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    ask_for_a_new_password(client, "awa@example.org")
    assert "There is no EMAIL_HOST" in caplog.text
    assert "/admin/account/password/reset/" not in caplog.text


def test_an_address_that_a_former_row_holds_can_be_given(awa):
    koffi = User.objects.create_user("koffi", "koffi@example.org")
    User.objects.filter(pk=koffi.pk).update(email=None)
    awa.email = "koffi@example.org"
    awa.save()
    assert EmailAddress.objects.get(email="koffi@example.org").user == awa


def test_who_is_invited_chooses_a_password_and_gets_no_mail_about_it(client, awa):
    awa.invite()
    page = choose(client, invitation_url(awa).removeprefix("https://news.example.org"))
    assert "Your password is saved." in page.text
    assert not mail.outbox
    assert AuditEntry.objects.filter(account=awa, message="Password chosen").exists()


def test_who_signed_in_elsewhere_and_sets_a_password_is_told(client, awa):
    awa.set_unusable_password()
    awa.save()
    client.force_login(awa)
    session = client.session
    session["newsroom_proved_elsewhere"] = {"person": awa.pk, "at": time.time()}
    session.save()
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})
    [message] = mail.outbox
    assert message.subject == "Your password was changed."
