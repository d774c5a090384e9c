"""What must follow from publishing: once for each event, in its time, and again when it failed."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import outbox
from articles.models import Article, OutboxEntry
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def heard(monkeypatch):
    """[(event, story)] that a receiver has been told; it fails while `heard.fails`."""

    class Heard(list):
        fails = False

    told = Heard()

    def receiver(entry):
        if told.fails:
            raise OSError("the line is dead")
        told.append((entry.event, entry.article_id))

    monkeypatch.setattr(outbox, "receivers", {event: [receiver] for event in OutboxEntry.Event.values})
    return told


@pytest.fixture
def awa():
    return cast.editor()


def planned():
    return list(OutboxEntry.objects.order_by("due_at", "pk").values_list("event", flat=True))


def test_publishing_changing_and_withdrawing_are_told_in_order(heard, awa):
    story = cast.draft()
    story.publish(awa)
    story.publish_changes(awa, Edit({**story.newest_content, "headline": "Autre"}))
    story.withdraw(awa)
    assert outbox.drain() == (3, 0)
    assert heard == [("published", story.pk), ("changed", story.pk), ("withdrawn", story.pk)]
    assert outbox.drain() == (0, 0)


def test_drafts_are_nobody_elses_business(heard, awa):
    story = cast.draft()
    story.save_draft(awa, Edit({**story.newest_content, "headline": "Autre"}))
    story.submit(awa)
    assert planned() == []


def test_what_is_scheduled_waits_for_its_time(heard, awa, monkeypatch):
    now = timezone.now()
    cast.draft().publish(awa, at=now + HOUR, edit=Edit(times={"unpublish_at": now + 2 * HOUR}))
    assert outbox.drain() == (0, 0)
    monkeypatch.setattr(timezone, "now", lambda: now + HOUR)
    assert [outbox.drain(), [event for event, _story in heard]] == [(1, 0), ["published"]]
    monkeypatch.setattr(timezone, "now", lambda: now + 2 * HOUR)
    assert [outbox.drain(), [event for event, _story in heard]] == [(1, 0), ["published", "ended"]]


def test_a_new_plan_takes_the_place_of_the_old_one(awa):
    now = timezone.now()
    story = cast.draft()
    story.publish(awa, at=now + HOUR)
    story.publish(awa, at=now + 2 * HOUR)
    assert [entry.due_at for entry in OutboxEntry.objects.all()] == [now + 2 * HOUR]
    story.return_to_draft(awa)
    assert planned() == []


def test_draining_puts_due_changes_live_first(heard, awa):
    story = cast.story("Ancien")
    story.schedule_changes(awa, timezone.now() + HOUR, Edit({**story.newest_content, "headline": "Nouveau"}))
    past = timezone.now() - datetime.timedelta(seconds=1)
    Article.objects.update(due_at=past)
    OutboxEntry.objects.update(due_at=past)
    outbox.drain()
    assert Article.objects.get().headline == "Nouveau"
    assert ("changed", story.pk) in heard


def test_one_that_fails_stops_no_other_and_comes_again_later(heard, awa, monkeypatch):
    one, two = cast.draft("Un"), cast.draft("Deux")
    one.publish(awa)
    heard.fails = True
    assert outbox.drain() == (0, 1)
    assert "the line is dead" in OutboxEntry.objects.get().error
    heard.fails = False
    two.publish(awa)
    assert outbox.drain() == (1, 0)
    later = timezone.now() + datetime.timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert outbox.drain() == (1, 0)
    assert heard == [("published", two.pk), ("published", one.pk)]


def test_what_a_receiver_wrote_before_it_failed_is_undone(awa, monkeypatch):
    def receiver(entry):
        Article.objects.filter(pk=entry.article_id).update(kicker="à moitié")
        raise OSError

    cast.draft().publish(awa)
    monkeypatch.setattr(outbox, "receivers", {"published": [receiver]})
    outbox.drain()
    assert Article.objects.get().kicker == ""


def test_an_event_of_a_verb_that_was_undone_is_never_told(awa):
    with transaction.atomic():
        cast.draft().publish(awa)
        transaction.set_rollback(True)
    assert planned() == []


def test_two_workers_never_hold_one_entry(awa):
    cast.draft().publish(awa)
    assert len(OutboxEntry.objects.claim()) == 1
    assert OutboxEntry.objects.claim() == []


@pytest.mark.only_on("postgresql")
def test_rows_that_another_worker_is_taking_are_skipped():
    with CaptureQueriesContext(connection) as queries:
        OutboxEntry.objects.claim()
    assert "SKIP LOCKED" in "".join(query["sql"] for query in queries)


def test_the_command_says_what_it_did(heard, awa, capsys):
    cast.draft().publish(awa)
    call_command("drain_outbox")
    assert capsys.readouterr().out == "1 done, 0 failed and come again.\n"
