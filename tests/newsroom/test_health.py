"""What machines are told of the site: nothing that is a secret, and at no cost worth mentioning."""

import logging
import threading
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection

from newsroom import health
from newsroom.conditions import EXAMINATIONS, HealthCondition

PAGES = ["/health/", "/health/ready/", "/health/live/"]
YELLOW = HealthCondition("clock", "yellow", "90 s fast")
RED = HealthCondition("triggers", "red", "The database lacks geheim")


@pytest.fixture
def conditions(monkeypatch):
    """Return the list of conditions that the site is in, which the test fills."""
    found = []
    monkeypatch.setattr(health, "examine_site", lambda: list(found))
    return found


@contextmanager
def silent_database():
    def refuse(*args):
        raise OperationalError("the connection is lost to geheim")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_site_without_a_condition_is_well(client, page):
    response = client.get(page)
    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "status"), [*zip(PAGES, [503, 503, 200], strict=True)])
def test_a_database_that_does_not_answer_is_no_fault_of_the_process(client, page, status):
    with silent_database():
        assert client.get(page).status_code == status


@pytest.mark.parametrize(("page", "status"), [*zip(PAGES, [503, 200, 200], strict=True)])
def test_a_red_condition_of_the_whole_site_takes_no_machine_away(client, conditions, page, status):
    conditions.append(RED)
    assert client.get(page).status_code == status


def test_a_yellow_condition_is_told_and_no_alarm(client, conditions):
    conditions.append(YELLOW)
    response = client.get("/health/")
    assert (response.status_code, response.text) == (200, "yellow: clock\n")


def test_strangers_read_the_names_of_conditions_alone(client, conditions):
    conditions.extend([YELLOW, RED])
    assert client.get("/health/").text == "yellow: clock\nred: triggers\n"


@pytest.mark.django_db
def test_what_the_driver_says_is_told_to_nobody(client):
    with silent_database():
        assert client.get("/health/").text == "red: database\n"


@pytest.mark.django_db
def test_many_probes_cost_what_one_costs(client, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(2 + len(EXAMINATIONS)):  # that of the triggers asks for columns too
        client.get("/health/")
    with django_assert_num_queries(0):
        for _ in range(5):
            for page in PAGES:
                client.get(page)


def test_the_log_tells_once_when_a_condition_begins_and_ends(client, conditions, caplog, monkeypatch):
    monkeypatch.setattr(health, "REPORT_LIFETIME", -1.0)
    caplog.set_level(logging.WARNING, logger="newsroom.health")
    for found in [[], [RED], [RED], []]:
        conditions[:] = found
        client.get("/health/")
    assert [message for name, _level, message in caplog.record_tuples if name == "newsroom.health"] == [
        "Health is red: The database lacks geheim",
        "Health: the condition “triggers” has ended",
    ]


def test_an_examination_that_hangs_holds_no_other_probe(client, monkeypatch):
    goes_on, began = threading.Event(), threading.Event()
    monkeypatch.setattr(health, "EXAMINATION_TIMEOUT", 0.05)
    monkeypatch.setattr(health, "examine_site", lambda: began.set() or goes_on.wait(10) and [])
    thread = threading.Thread(target=health.report.current_conditions)
    thread.start()
    began.wait(10)
    assert client.get("/health/").text == "red: database\n"
    goes_on.set()
    thread.join()


@pytest.mark.parametrize("page", PAGES)
def test_no_cache_keeps_the_answer(client, conditions, page):
    assert "no-store" in client.get(page)["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_monitor_inside_needs_no_encryption(client, conditions, settings, page):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_only_reading_is_allowed(client, page):
    assert client.post(page).status_code == 405


@pytest.mark.parametrize("page", ["/health/nothing/", "/health/live", "/health/live/more", "/health/\u00e9/"])
def test_an_unknown_health_check_asks_no_database(client, page):
    response = client.get(page)
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
