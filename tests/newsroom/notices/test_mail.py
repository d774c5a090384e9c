"""Mail tells each person what they chose to be told by mail: several notices within five minutes in one."""

import pytest
from django.core import mail
from django.utils import timezone

from articles import clock
from articles.models import FollowUp
from articles.models.content import Edit
from newsroom.models import Notice, NoticeChoice, StoryEvent, User
from newsroom.models.notice import MAILING
from tests.articles import cast

pytestmark = pytest.mark.django_db

MINUTE = timezone.timedelta(minutes=1)
SUBMITTED_BY_MAIL = (StoryEvent.Kind.SUBMITTED, NoticeChoice.Way.MAIL)


@pytest.fixture
def at(monkeypatch):
    """Return a function that moves the newsroom's clock on, and does what is due then."""
    start = clock.now()

    def move(minutes):
        monkeypatch.setattr(clock, "now", lambda: start + minutes * MINUTE)
        FollowUp.objects.work_off()

    return move


@pytest.fixture
def send_back(awa):
    """Return a function that lets Awa send back a new story of somebody's."""

    def send(writer, word, note="Les chiffres manquent."):
        story = cast.draft(word, created_by=writer)
        story.submit(writer)
        story.send_back(awa, Edit(note=note))
        FollowUp.objects.work_off()
        return story

    return send


def test_a_mail_waits_for_five_minutes(moutiou, send_back, at):
    send_back(moutiou, "Le port")
    at(4.9)
    assert mail.outbox == []
    at(5.1)
    [message] = mail.outbox
    assert message.to == ["moutiou@example.org"]
    assert message.subject == "[Newsroom] awa sent “Le port” back: Les chiffres manquent."
    at(20)
    assert len(mail.outbox) == 1


def test_several_within_five_minutes_become_one(moutiou, send_back, at):
    send_back(moutiou, "Le port")
    at(3)
    send_back(moutiou, "Le quai")
    at(5.1)
    [message] = mail.outbox
    assert message.subject == "[Newsroom] 2 notices: awa sent “Le port” back: Les chiffres manquent."
    assert [word in message.body for word in ("Le port", "Le quai")] == [True, True]
    at(20)
    assert len(mail.outbox) == 1


def test_what_comes_later_is_another_mail(moutiou, send_back, at):
    send_back(moutiou, "Le port")
    at(5.1)
    send_back(moutiou, "Le quai")
    at(6)
    assert len(mail.outbox) == 1
    at(11)
    assert ["Le quai" in message.subject for message in mail.outbox] == [False, True]


def test_text_and_page_lead_to_the_story(moutiou, send_back, at, client):
    send_back(moutiou, "Le <b>port</b> & co")
    at(6)
    [message] = mail.outbox
    address = f"http://localhost:8000/admin/notices/{Notice.objects.get(event__kind='sent-back').pk}/"
    assert address in message.body
    assert "Le <b>port</b> & co" in message.body
    [(page, kind)] = message.alternatives
    assert kind == "text/html"
    assert f'<a href="{address}">awa sent “Le &lt;b&gt;port&lt;/b&gt; &amp; co” back' in page
    client.force_login(moutiou)
    assert client.get(address.removeprefix("http://localhost:8000"), follow=True).status_code == 200


def test_it_is_in_the_language_and_time_zone_of_the_person(moutiou, send_back, at, monkeypatch):
    User.objects.filter(pk=moutiou.pk).update(language="fr", time_zone="Asia/Tokyo")
    send_back(moutiou, "Le port")
    at(6)
    [message] = mail.outbox
    assert "awa a renvoyé «\u00a0Le port\u00a0»" in message.subject
    assert "heure de Tokyo" in message.body.replace("\u00a0", " ")
    assert '<html lang="fr">' in message.alternatives[0][0]


def test_by_default_what_stops_work_is_mailed_and_the_rest_is_not(story, moutiou, awa, at):
    story.submit(moutiou)
    story.publish(awa)
    at(6)
    assert mail.outbox == []


def test_who_chose_it_is_mailed(story, moutiou, awa, at):
    NoticeChoice.objects.choose(awa, {SUBMITTED_BY_MAIL: True})
    story.submit(moutiou)
    FollowUp.objects.work_off()
    at(6)
    assert [message.to for message in mail.outbox] == [["awa@example.org"]]


def test_who_lost_the_right_meanwhile_is_not_mailed(moutiou, send_back, at):
    story = send_back(moutiou, "Le port")
    type(story).objects.update(created_by=None)
    at(6)
    assert mail.outbox == []
    assert not Notice.objects.waiting_for_mail().exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": None}])
def test_who_has_left_or_has_no_address_is_not_mailed(moutiou, send_back, at, change):
    send_back(moutiou, "Le port")
    User.objects.filter(pk=moutiou.pk).update(**change)
    at(6)
    assert mail.outbox == []


def test_without_a_mail_server_nothing_is_written_to_the_log(moutiou, send_back, at, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    send_back(moutiou, "Le port")
    at(6)
    assert "Le port" not in capsys.readouterr().out
    assert not FollowUp.objects.filter(kind=MAILING).exists()


def test_a_mail_server_that_is_down_is_tried_again_with_the_same_mail(moutiou, send_back, at, monkeypatch):
    sent = []

    def fail(message):
        sent.append(message.extra_headers["Message-ID"])
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
        send_back(moutiou, "Le port")
        at(6)
        send_back(moutiou, "Le quai")
    at(7)
    at(13)
    assert mail.outbox[0].extra_headers["Message-ID"] == sent[0]
    assert ["Le port" in one.body for one in mail.outbox] == [True, False]
    assert ["Le quai" in one.body for one in mail.outbox] == [False, True]


def test_a_mail_that_was_sent_by_a_process_that_died_has_the_same_name_again(moutiou, send_back, at, monkeypatch):
    send_back(moutiou, "Le port")
    at(6)
    Notice.objects.update(mailed_at=None)  # it died before it could say so
    FollowUp.objects.request(MAILING, [moutiou.pk])
    at(7)
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_nobody_is_mailed_what_is_old(moutiou, send_back, at):
    send_back(moutiou, "Le port")
    StoryEvent.objects.update(at=timezone.now() - timezone.timedelta(days=3))
    at(6)
    assert mail.outbox == []


def test_a_subject_has_one_line_and_is_short(moutiou, send_back, at):
    send_back(moutiou, "Le port", note="Un\nBcc: x@example.org\n" + "mot " * 100)
    at(6)
    [message] = mail.outbox
    assert len(message.subject) < 150
    assert "\n" not in message.subject
    assert message.recipients() == ["moutiou@example.org"]
