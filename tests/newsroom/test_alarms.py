"""An outage is told once, by one line and one mail, and then counted."""

import logging
import sys
import threading
import time

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from newsroom import alarms
from newsroom.alarms import DATABASE, MailHandler, OncePerOutage, failure_kind


@pytest.fixture(autouse=True)
def operator(settings):
    settings.ADMINS = [("Operator", "operator@news.example")]


@pytest.fixture
def mails():
    """Wait for what is being sent; the subjects."""
    [handler] = [handler for handler in logging.getLogger().handlers if isinstance(handler, MailHandler)]
    handler._sent.clear()

    def sent():
        handler.flush()
        return [message.subject for message in mail.outbox]

    return sent


def record(message="Internal Server Error: %s", error=None, name="django.request", level=logging.ERROR, **more):
    trace = None
    if error:
        try:
            raise error
        except type(error):
            trace = sys.exc_info()
    made = logging.LogRecord(name, level, "", 0, message, ("/",) if "%" in message else (), trace)
    made.__dict__ |= more
    return made


def database_error(code, kind=OperationalError):
    """Return an error of Django whose driver gave this code."""
    error, cause = kind("failed"), Exception("failed")
    setattr(cause, "sqlite_errorname" if code.startswith("SQLITE") else "sqlstate", code)
    error.__cause__ = cause
    return error


def passes(outages, *records):
    return [outages.filter(one) for one in records]


def test_a_failure_of_the_database_is_one_outage_whatever_page_meets_it():
    pages = [record(error=OperationalError("gone")), record(error=database_error("08006"))]
    others = [record("Scheduled changes could not go live", OperationalError(), "newsroom.due_changes")]
    others += [record(error=InterfaceError("closed")), record(error=database_error("57P01"))]
    others += [record(error=database_error("SQLITE_IOERR_WRITE"))]
    others += [record("Health is red", name="newsroom.health", kind="database")]
    assert passes(OncePerOutage("log"), *pages, *others, *pages) == [True, *[False] * 8]


RECURRING = {
    "a search that took too long": lambda: record("Service Unavailable: %s", status_code=503),
    "a query that took too long": lambda: record(error=database_error("57014")),
    "a lock that is taken": lambda: record(error=database_error("SQLITE_BUSY")),
    "a duplicate": lambda: record(error=database_error("23505", IntegrityError)),
    "an exception": lambda: record(error=ValueError()),
}


@pytest.mark.parametrize("recurring", RECURRING.values(), ids=RECURRING)
def test_a_failure_that_recurs_hides_no_outage_of_the_database(recurring):
    outage = record(error=OperationalError("gone"))
    assert passes(OncePerOutage("mail"), recurring(), recurring(), outage, outage) == [True, False, True, False]


def test_recurring_failures_do_not_hide_each_other():
    assert all(passes(OncePerOutage("mail"), *[failure() for failure in RECURRING.values()]))


@pytest.mark.django_db
def test_a_query_that_the_database_refuses_is_no_outage():
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert failure_kind(record(error=refused.value)) != DATABASE


def test_other_failures_are_told_beside_it():
    first, other = record(error=ValueError()), record(error=TypeError())
    assert passes(OncePerOutage("log"), record(error=OperationalError()), first, other, first, other) == [
        *[True] * 3,
        *[False] * 2,
    ]


def test_whoever_sends_bad_requests_fills_no_log_with_his_words():
    requests = [record(f"Invalid host: {number}", name="django.security.DisallowedHost") for number in range(3)]
    assert passes(OncePerOutage("log"), *requests) == [True, False, False]


def test_what_is_no_failure_is_always_told():
    warning = record(level=logging.WARNING)
    assert passes(OncePerOutage("log"), warning, warning) == [True, True]


def test_a_developer_sees_each_failure(settings):
    settings.DEBUG = True
    assert passes(OncePerOutage("log"), record(), record()) == [True, True]


def test_an_outage_after_a_quiet_minute_is_another(monkeypatch):
    outages, failure = OncePerOutage("log"), record()
    assert passes(outages, failure, failure) == [True, False]
    monkeypatch.setattr(alarms, "OUTAGE_END_SECONDS", -1)
    assert passes(outages, failure) == [True]


def test_processes_of_one_machine_tell_it_once_together():
    assert passes(OncePerOutage("log"), record()) == [True]
    assert passes(OncePerOutage("log"), record()) == [False]


def test_a_mail_stands_for_no_line():
    assert passes(OncePerOutage("log"), record()) == passes(OncePerOutage("mail"), record()) == [True]


def test_where_no_mark_can_be_left_each_process_tells_it(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(alarms, "MARK_FOLDER", tmp_path / "file")
    assert passes(OncePerOutage("log"), record(), record()) == [True, False]
    assert passes(OncePerOutage("log"), record()) == [True]


def test_the_others_are_counted(monkeypatch, caplog):
    monkeypatch.setattr(alarms, "COUNTED_EVERY", 0.2)
    passes(OncePerOutage("log"), *[record() for _ in range(30)])
    deadline = time.monotonic() + 10
    while not caplog.messages and time.monotonic() < deadline:
        time.sleep(0.02)
    assert caplog.messages == ["29 more of this kind within a minute: Internal Server Error: /"]


def test_what_a_monitor_is_told_is_no_failure_of_its_own(rf):
    probe = record("Service Unavailable: %s", status_code=503, request=rf.get("/health/"))
    assert passes(OncePerOutage("log"), probe, record()) == [False, True]


def test_an_outage_is_mailed_once(mails):
    for _ in range(20):
        logging.getLogger("django.request").error("Internal Server Error: %s", "/")
    assert mails() == ["[Newsroom] ERROR: Internal Server Error: /"]


def test_a_red_condition_is_mailed(mails):
    logging.getLogger("newsroom.health").error("Health is red: %s", "it lacks", extra={"kind": "triggers"})
    assert mails() == ["[Newsroom] ERROR: Health is red: it lacks"]


def test_no_request_waits_for_the_mail_server(monkeypatch):
    goes_on = threading.Event()
    monkeypatch.setattr(alarms.AdminEmailHandler, "send_mail", lambda *args, **kwargs: goes_on.wait(10))
    handler = MailHandler()
    begun = time.monotonic()
    handler.emit(record())
    took = time.monotonic() - begun
    goes_on.set()
    handler.flush()
    assert took < 5


def test_mails_are_limited_whatever_fails(monkeypatch):
    sent = []
    monkeypatch.setattr(
        alarms.AdminEmailHandler, "send_mail", lambda self, subject, *args, **kwargs: sent.append(subject)
    )
    handler = MailHandler()
    for number in range(alarms.MAILS_AN_HOUR + 5):
        handler.emit(record(f"Failure {number}"))
    handler.flush()
    assert len(sent) == alarms.MAILS_AN_HOUR


@pytest.mark.django_db
@pytest.mark.parametrize(
    "form",
    [
        {f"field{number}": "1" for number in range(2000)},
        {f"file{number}": SimpleUploadedFile("a", b"a") for number in range(60)},
    ],
    ids=["fields", "files"],
)
def test_nobody_can_have_mails_sent_by_a_bad_request(client, mails, form):
    assert client.post("/admin/login/", form).status_code == 400
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert mails() == []
