import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_well_when_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/health/")
    assert response.status_code == 200


@pytest.mark.django_db
def test_ill_when_the_database_does_not_answer(client):
    def refuse(*args):
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(refuse):
        response = client.get("/health/")
    assert response.status_code == 503


@pytest.mark.django_db
def test_no_cache_keeps_the_answer(client):
    assert "no-store" in client.get("/health/")["Cache-Control"]


@pytest.mark.django_db
def test_monitor_inside_needs_no_encryption(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200


def test_only_reading_is_allowed(client):
    assert client.post("/health/").status_code == 405
